/*
 * The call page: shows the interview and the agreed time only where the chosen outcome has them, and keeps the claim, and with
 * it the session, while somebody works on it. Without it everything is simply on the page.
 */
const heartbeatMs = 5 * 60_000;
/** A page that nobody has touched for so long is abandoned: the claim and the session run out. */
const abandonedMs = 30 * 60_000;

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
  let touchedAt = Date.now();
  for (const sign of ['pointerdown', 'keydown', 'wheel', 'touchstart']) {
    window.addEventListener(sign, () => (touchedAt = Date.now()), { passive: true });
  }
  window.setInterval(() => {
    if (Date.now() - touchedAt > abandonedMs) return;
    void fetch(`${form.action}/heartbeat`, { method: 'POST', body, redirect: 'manual' }).catch(
      () => undefined,
    );
  }, heartbeatMs);
}

const form = document.querySelector<HTMLFormElement>('form[data-attempt]');
if (form) {
  refresh(form);
  form.addEventListener('change', () => refresh(form));
  window.addEventListener('pageshow', () => refresh(form));
  keepClaim(form);
}
document.querySelector<HTMLElement>('.error-summary')?.focus();
