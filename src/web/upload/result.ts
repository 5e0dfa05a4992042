import { csvOf } from './csv.ts';

/** What is said of a row. */
interface RowRemark {
  readonly column: string;
  readonly detail: string;
}

/** What became of one row of a file; `detail` names the fault in the person's language. */
export interface UploadRow {
  /** The sheet, in a file that has several. */
  readonly sheet?: string;
  readonly row: number;
  readonly result: string;
  readonly errors?: readonly RowRemark[];
  /** What was left out of a row that was taken. */
  readonly warnings?: readonly RowRemark[];
}

/** The answer to an upload: counts by result in the order to show them, notes on the whole file, and its rows. */
export interface UploadAnswer {
  readonly dryRun: boolean;
  readonly counts: Readonly<Record<string, number>>;
  readonly notes?: readonly string[];
  readonly rows: readonly UploadRow[];
}

/** A problem (RFC 9457) as far as it is shown. */
export interface UploadProblem {
  readonly detail?: string;
  readonly errors?: readonly { readonly detail: string }[];
}

/** A word of the form by its name. */
export type Words = (name: string) => string;

const shownRows = 200;

function element(name: string, text = '', className = ''): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  if (className !== '') made.className = className;
  return made;
}

function heading(text: string): HTMLElement {
  const made = element('h3', text);
  made.tabIndex = -1;
  return made;
}

function cell(text: string, label: string): HTMLElement {
  const made = element('td', text);
  made.dataset['label'] = label;
  return made;
}

const faultsOf = (row: UploadRow): readonly string[] =>
  [...(row.errors ?? []), ...(row.warnings ?? [])].map((error) =>
    error.column === '' ? error.detail : `${error.column}: ${error.detail}`,
  );

const placeOf = (row: UploadRow): string =>
  row.sheet === undefined ? String(row.row) : `${row.sheet} ${row.row}`;

function line(row: UploadRow, words: Words): HTMLElement {
  const made = element('tr');
  const number = element('th', placeOf(row), 'number');
  number.setAttribute('scope', 'row');
  const faults = cell('', words('problem'));
  for (const fault of faultsOf(row)) faults.append(element('span', fault, 'upload-fault'));
  made.append(number, cell(words(row.result), words('result')), faults);
  return made;
}

function table(rows: readonly UploadRow[], words: Words): HTMLElement {
  const made = element('table', '', 'table upload-table');
  const head = element('tr');
  for (const name of ['row', 'result', 'problem']) {
    const column = element('th', words(name));
    column.setAttribute('scope', 'col');
    head.append(column);
  }
  const top = element('thead');
  top.append(head);
  const body = element('tbody');
  for (const row of rows) body.append(line(row, words));
  made.append(top, body);
  return made;
}

function download(rows: readonly UploadRow[], words: Words): HTMLElement {
  const button = element('button', words('download'), 'button');
  button.setAttribute('type', 'button');
  button.addEventListener('click', () => {
    const head = ['row', 'result', 'problem'].map(words);
    const lines = rows.map((row) => [placeOf(row), words(row.result), faultsOf(row).join('; ')]);
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([csvOf([head, ...lines])], { type: 'text/csv' }));
    link.download = `${words('fileName')}.csv`;
    link.click();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  });
  return button;
}

/** Counts, notes, the rows that have a problem, and all rows to download. */
export function resultPart(answer: UploadAnswer, words: Words): HTMLElement {
  const made = element('section', '', 'upload-result');
  const troubled = answer.rows.filter((row) => faultsOf(row).length > 0);
  const list = element('ul', '', 'upload-counts');
  for (const name of Object.keys(answer.counts)) {
    const item = element('li', words(name));
    item.append(element('strong', String(answer.counts[name]), 'number'));
    list.append(item);
  }
  made.append(heading(words(answer.dryRun ? 'checkedTitle' : 'importedTitle')), list);
  for (const note of answer.notes ?? []) made.append(element('p', note, 'notice'));
  if (troubled.length === 0) made.append(element('p', words('allGood')));
  else made.append(table(troubled.slice(0, shownRows), words));
  if (troubled.length > shownRows) made.append(element('p', words('more'), 'muted'));
  made.append(download(answer.rows, words));
  return made;
}

/** What stood in the way of the whole file. */
export function problemPart(problem: UploadProblem, words: Words): HTMLElement {
  const errors = problem.errors ?? [];
  const made = element('section', '', 'error-summary');
  made.append(heading(words('failedTitle')), element('p', problem.detail ?? words('failed')));
  if (errors.length > 0) {
    const list = element('ul');
    for (const error of errors) list.append(element('li', error.detail));
    made.append(list);
  }
  return made;
}
