/*
 * The call page: shows the interview and the agreed time only where the chosen outcome has them, and keeps the claim while
 * the page is open. Without it everything is simply on the page.
 */
const keepClaimMs = 5 * 60_000;

function show(part: HTMLElement | null, visible: boolean): void {
  if (!part) return;
  part.hidden = !visible;
  for (const field of part.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')) {
    field.disabled = !visible;
  }
}

function refresh(form: HTMLFormElement): void {
  const chosen = form.querySelector<HTMLInputElement>('input[name="disposition"]:checked');
  show(form.querySelector<HTMLElement>('[data-interview-form]'), chosen?.dataset['interview'] !== undefined);
  show(form.querySelector<HTMLElement>('[data-agreed-time]'), chosen?.dataset['agreesTime'] !== undefined);
  for (const card of form.querySelectorAll('.call-card')) {
    card.classList.toggle('is-checked', card.querySelector<HTMLInputElement>('input')?.checked ?? false);
  }
}

function keepClaim(form: HTMLFormElement): void {
  const token = form.querySelector<HTMLInputElement>('input[name="_csrf"]')?.value ?? '';
  const body = new URLSearchParams({ _csrf: token });
  window.setInterval(() => {
    if (document.hidden) return;
    void fetch(`${form.action}/claim`, { method: 'POST', body, redirect: 'manual' }).catch(() => undefined);
  }, keepClaimMs);
}

const form = document.querySelector<HTMLFormElement>('form[data-attempt]');
if (form) {
  refresh(form);
  form.addEventListener('change', () => refresh(form));
  window.addEventListener('pageshow', () => refresh(form));
  keepClaim(form);
}
document.querySelector<HTMLElement>('.error-summary')?.focus();
