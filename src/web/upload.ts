/*
 * A form that uploads one file: checks it first, then imports it, and shows what became of each row. The chosen file stays
 * chosen. Its words are `data-word-*` attributes of the form (templates/partials/staff-upload.html).
 */
import { problemPart, resultPart } from './upload/result.ts';
import type { Words } from './upload/result.ts';
import { sendFile } from './upload/send.fetch.ts';

const wordsOf =
  (form: HTMLFormElement): Words =>
  (name) =>
    form.dataset[`word${name.charAt(0).toUpperCase()}${name.slice(1)}`] ?? name;

/** The address with the wish to save or not, and the language of the page, so that its answer speaks it too. */
function addressOf(form: HTMLFormElement, dryRun: boolean): string {
  const address = form.dataset['upload'] ?? '';
  const lang = document.documentElement.lang;
  return `${address}${address.includes('?') ? '&' : '?'}dryRun=${dryRun}&lang=${lang}`;
}

function show(form: HTMLFormElement, part: HTMLElement): void {
  const place = form.querySelector<HTMLElement>('[data-upload-result]');
  if (!place) return;
  place.textContent = '';
  place.append(part);
  part.querySelector<HTMLElement>('h2, h3')?.focus();
}

function busy(form: HTMLFormElement, text: string | null): void {
  for (const button of form.querySelectorAll('button')) {
    if (text === null) button.removeAttribute('aria-disabled');
    else button.setAttribute('aria-disabled', 'true');
  }
  const status = form.querySelector<HTMLElement>('[data-upload-status]');
  if (status) status.textContent = text ?? '';
}

async function upload(form: HTMLFormElement, file: File, dryRun: boolean): Promise<void> {
  const words = wordsOf(form);
  busy(form, words(dryRun ? 'checking' : 'importing'));
  try {
    const sent = await sendFile(addressOf(form, dryRun), file, form.dataset['csrf'] ?? '');
    show(form, sent.ok ? resultPart(sent.answer, words) : problemPart(sent.problem, words));
  } catch {
    show(form, problemPart({ detail: words('failed') }, words));
  }
  busy(form, null);
}

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-upload]')) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    // `submitter` is younger than the browsers we serve: the button that has the focus is the one that was pressed.
    const button = event.submitter ?? document.activeElement;
    const input = form.querySelector<HTMLInputElement>('input[type="file"]');
    const file = input?.files?.[0];
    if (button?.hasAttribute('aria-disabled')) return;
    if (file) void upload(form, file, button?.getAttribute('value') !== 'import');
    else {
      show(form, problemPart({ detail: wordsOf(form)('noFile') }, wordsOf(form)));
      input?.focus();
    }
  });
}
