/*
 * What was answered so far, in this tab only and for two hours, without what is confidential: a tablet is handed on. The draft keeps its submission id: an answer whose reply was
 * lost and that is sent again after a reload is still the same answer.
 */
const longestMs = 2 * 60 * 60_000;

interface Draft {
  readonly at: number;
  readonly fields: Readonly<Record<string, string>>;
}

function isDraft(value: unknown): value is Draft {
  return typeof value === 'object' && value !== null && 'at' in value && 'fields' in value;
}

function keyOf(form: HTMLFormElement): string {
  const value = (name: string): string => form.querySelector<HTMLInputElement>(`[name=${name}]`)?.value ?? '';
  return `draft ${location.pathname} ${value('formId')}@${value('formVersion')}`;
}

/** A browser may refuse its storage (private mode, WeChat): then there is no draft. */
function quietly(act: () => void): void {
  try {
    act();
  } catch {
    // The form works without a draft.
  }
}

/** Keeps what is answered, but nothing confidential. */
export function keepDraft(form: HTMLFormElement): void {
  quietly(() => {
    const fields: Record<string, string> = {};
    const secret = Array.from(
      form.querySelectorAll<HTMLInputElement>('[data-confidential] [name]'),
      (field) => field.name,
    );
    new FormData(form).forEach((value, name) => {
      // Never a contact: the tablet of a ward has many hands. The notice is the one this page shows.
      const kept = name.indexOf('contact.') !== 0 && name !== 'noticeVersion' && secret.indexOf(name) < 0;
      if (typeof value === 'string' && kept) fields[name] = value;
    });
    sessionStorage.setItem(keyOf(form), JSON.stringify({ at: Date.now(), fields }));
  });
}

/** Forgets what was answered. */
export function clearDraft(form: HTMLFormElement): void {
  quietly(() => sessionStorage.removeItem(keyOf(form)));
}

function fill(form: HTMLFormElement, name: string, value: string): void {
  for (const field of form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('[name]')) {
    if (field.name !== name) continue;
    if (field instanceof HTMLInputElement && (field.type === 'radio' || field.type === 'checkbox'))
      field.checked = field.value === value;
    else field.value = value;
  }
}

/** Whether anything is chosen or written. */
function isAnswered(form: HTMLFormElement): boolean {
  const words = Array.from(
    form.querySelectorAll<HTMLTextAreaElement | HTMLSelectElement>('textarea, select'),
  );
  return form.querySelector('input:checked') !== null || words.some((field) => field.value.trim() !== '');
}

/** Fills in what was kept for this very version of the form; tells whether anything was. */
export function restoreDraft(form: HTMLFormElement): boolean {
  let restored = false;
  quietly(() => {
    const draft: unknown = JSON.parse(sessionStorage.getItem(keyOf(form)) ?? 'null');
    if (!isDraft(draft) || Date.now() - draft.at > longestMs) return;
    for (const name of Object.keys(draft.fields)) fill(form, name, draft.fields[name] ?? '');
    restored = isAnswered(form);
  });
  return restored;
}
