/*
 * A page that the browser kept and shows again, by its back button: on a shared computer another person may have logged in
 * since. It stays hidden until it is known that the session is still the page's own.
 */
const ownToken = (): string =>
  document.querySelector<HTMLInputElement>('form[data-session] input[name="_csrf"]')?.value ?? '';

async function isStillOurs(): Promise<boolean> {
  try {
    const response = await fetch('/api/v1/sessions/current', { cache: 'no-store' });
    return response.ok && (await response.text()).includes(`"${ownToken()}"`);
  } catch {
    return false;
  }
}

async function look(): Promise<void> {
  document.documentElement.style.visibility = 'hidden';
  if (await isStillOurs()) document.documentElement.style.visibility = '';
  else window.location.replace('/home');
}

window.addEventListener('pageshow', (event) => {
  if (event.persisted) void look();
});
