/*
 * The patient's form: how much is answered, a draft that survives a reload, and a post that keeps everything on the page when
 * the network fails. Without it the form is a plain form.
 */
import { clearDraft, keepDraft, restoreDraft } from './survey/draft.ts';
import { offerAfresh } from './survey/afresh.ts';
import { showProgress } from './survey/progress.ts';
import { canSend, send } from './survey/send.ts';

const formOf = (): HTMLFormElement | null => document.querySelector<HTMLFormElement>('#survey');

function showAnswer(html: string): void {
  const page = new DOMParser().parseFromString(html, 'text/html');
  const current = document.querySelector('main');
  const next = page.querySelector('main');
  if (!current || !next) return;
  document.title = page.title;
  current.replaceWith(document.importNode(next, true));
  window.scrollTo(0, 0);
  start();
  const first =
    document.querySelector<HTMLElement>('.summary') ?? document.querySelector<HTMLElement>('main');
  first?.focus();
}

function askAgain(form: HTMLFormElement, button: HTMLElement): void {
  button.textContent = form.dataset['resubmit'] ?? '';
  const notice = form.querySelector('.notice');
  if (notice) notice.textContent = form.dataset['offline'] ?? '';
}

async function submit(form: HTMLFormElement, button: HTMLElement): Promise<void> {
  keepDraft(form);
  const label = button.textContent;
  button.setAttribute('aria-disabled', 'true');
  button.textContent = form.dataset['sending'] ?? '';
  const answer = await send(form);
  button.removeAttribute('aria-disabled');
  button.textContent = label;
  if (answer.kind === 'failed') {
    askAgain(form, button);
  } else if (answer.kind === 'page') {
    if (answer.over) clearDraft(form);
    showAnswer(answer.html);
  } else {
    clearDraft(form);
    // Replaced, so that going back leaves the form instead of offering it again.
    location.replace(answer.href);
  }
}

function start(): void {
  const form = formOf();
  if (!form) return;
  const button = form.querySelector<HTMLElement>('.submit');
  if (form.dataset['state'] === 'fresh' && restoreDraft(form)) offerAfresh(form, () => clearDraft(form));
  showProgress(form);
  const changed = (): void => {
    keepDraft(form);
    showProgress(form);
  };
  form.addEventListener('input', changed);
  form.addEventListener('change', changed);
  form.addEventListener('submit', (event) => {
    if (!button || !canSend()) return;
    event.preventDefault();
    if (!button.hasAttribute('aria-disabled')) void submit(form, button);
  });
}

start();
document.querySelector<HTMLElement>('.summary')?.focus();
