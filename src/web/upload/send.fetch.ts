import type { UploadAnswer, UploadProblem } from './result.ts';

/** What the service said of an upload. */
export type Sent =
  | { readonly ok: true; readonly answer: UploadAnswer }
  | { readonly ok: false; readonly problem: UploadProblem };

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Posts a file to an address of our own, which answers in JSON. Rejects when no answer comes. */
export async function sendFile(address: string, file: File, csrfToken: string): Promise<Sent> {
  const response = await fetch(address, {
    method: 'POST',
    body: file,
    headers: {
      'Content-Type': /\.xlsx$/i.test(file.name) ? xlsx : 'text/csv',
      'x-csrf-token': csrfToken,
    },
    credentials: 'same-origin',
  });
  if (response.ok) return { ok: true, answer: (await response.json()) as UploadAnswer };
  return { ok: false, problem: (await response.json()) as UploadProblem };
}
