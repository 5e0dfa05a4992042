/** Says how many questions are answered. */
export function showProgress(form: HTMLFormElement): void {
  const place = form.querySelector<HTMLElement>('.progress');
  if (!place) return;
  const cards = Array.from(form.querySelectorAll('.q'));
  const done = cards.filter((card) => {
    const words = Array.from(
      card.querySelectorAll<HTMLTextAreaElement | HTMLSelectElement>('textarea, select'),
    );
    return words.length > 0
      ? words.some((field) => field.value.trim() !== '')
      : card.querySelector('input:checked') !== null;
  }).length;
  const bar = place.querySelector('progress');
  const words = place.querySelector('span');
  if (bar) bar.value = done;
  if (words) {
    words.textContent = (place.dataset['progress'] ?? '')
      .replace('{done}', String(done))
      .replace('{all}', String(cards.length));
  }
  place.hidden = false;
}
