/** What the service said: the thanks to go to, a page to show here, or nothing. */
export type Answer =
  | { readonly kind: 'stored'; readonly href: string }
  /** `over`: the answers were received before, so that there is nothing left to keep. */
  | { readonly kind: 'page'; readonly html: string; readonly over: boolean }
  | { readonly kind: 'failed' };

const longestMs = 20_000;
const failed: Answer = { kind: 'failed' };

/** Whether this browser can send without leaving the page. */
export function canSend(): boolean {
  return 'fetch' in window && 'DOMParser' in window && 'entries' in FormData.prototype;
}

function bodyOf(form: HTMLFormElement): URLSearchParams {
  const body = new URLSearchParams();
  new FormData(form).forEach((value, name) => {
    if (typeof value === 'string') body.append(name, value);
  });
  return body;
}

async function ask(form: HTMLFormElement): Promise<Answer> {
  const response = await fetch(form.action, {
    method: 'POST',
    body: bodyOf(form),
    credentials: 'same-origin',
  });
  if (response.redirected && response.ok) return { kind: 'stored', href: response.url };
  const over = response.status === 409;
  // 422: something to mend; 429: to be sent again later. Both pages hold everything that was typed.
  return over || response.status === 422 || response.status === 429
    ? { kind: 'page', html: await response.text(), over }
    : failed;
}

/** Posts the form; `failed` when the network or the service does not answer in time. Sending again is harmless. */
export async function send(form: HTMLFormElement): Promise<Answer> {
  const late = new Promise<Answer>((resolve) => {
    window.setTimeout(() => resolve(failed), longestMs);
  });
  try {
    return await Promise.race([ask(form), late]);
  } catch {
    return failed;
  }
}
