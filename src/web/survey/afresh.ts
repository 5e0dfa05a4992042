/**
 * Says that what was answered before is filled in again, and lets whoever did not answer it begin with an empty form. The page is asked
 * for anew: an empty form needs a submission id of its own, and a reload would let the browser fill it in.
 */
export function offerAfresh(form: HTMLFormElement, clear: () => void): void {
  const place = form.querySelector<HTMLElement>('.restored');
  if (!place) return;
  const words = document.createElement('p');
  words.textContent = place.dataset['restored'] ?? '';
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = place.dataset['afresh'] ?? '';
  button.addEventListener('click', () => {
    clear();
    location.replace(location.pathname + location.search);
  });
  place.append(words, button);
}
