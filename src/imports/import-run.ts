import type { RecordAuditEvent } from '../audit/audit-event.ts';
import type { Clock } from '../shared/clock.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import { plainName } from './column-names.ts';
import type { DepartmentAliasStore } from './department-alias.store.ts';
import type { ImportCounts } from './import-report.ts';
import type { ImportRun, ImportRunStore } from './import-run.store.ts';

/** A file, who uploads it, and how. */
export interface ImportRequest {
  readonly bytes: Uint8Array;
  readonly dryRun: boolean;
  readonly actor: string;
  readonly actorName: string;
  readonly locale: Locale;
  readonly requestId: string;
}

/** What keeping an import's traces needs. */
export interface KeepRunDeps {
  readonly aliases: Pick<DepartmentAliasStore, 'list' | 'addMissing'>;
  readonly runs: Pick<ImportRunStore, 'add'>;
  readonly recordAuditEvent: RecordAuditEvent;
  readonly translate: Translate;
  readonly newId: () => string;
  readonly clock: Clock;
}

/** A file with more unknown names than this has something else in its department column, perhaps patients: none is kept. */
const maxUnknownNames = 50;

/** The names to be mapped, each once, in the order they came. */
export function unknownNames(names: readonly (string | null)[]): readonly string[] {
  const unknown = new Map<string, string>();
  for (const name of names) {
    if (name !== null && plainName(name) !== '' && !unknown.has(plainName(name))) {
      unknown.set(plainName(name), name);
    }
  }
  return [...unknown.values()];
}

/** What is said of the whole file; `t` speaks the words of `imports:`. Names that are too many to be departments are not repeated. */
export function importNotes(
  t: (key: string, values?: Readonly<Record<string, string>>) => string,
  ignored: readonly string[],
  unknown: readonly string[],
): readonly string[] {
  const listed = (texts: readonly string[]): string => texts.join(t('listSeparator'));
  return [
    ...(ignored.length > 0 ? [t('ignoredColumns', { columns: listed(ignored) })] : []),
    ...(unknown.length > maxUnknownNames ? [t('tooManyNames', { n: String(unknown.length) })] : []),
    ...(unknown.length > 0 && unknown.length <= maxUnknownNames
      ? [t('unknownNames', { names: listed(unknown) })]
      : []),
  ];
}

/** Puts unknown names into the mapping table, unless they are too many, and writes down and audits that an import was made: counts only. */
export async function keepRun(
  deps: KeepRunDeps,
  { actor, actorName, requestId }: ImportRequest,
  outcome: {
    readonly kind: ImportRun['kind'];
    readonly counts: ImportCounts;
    readonly unknown: readonly string[];
  },
): Promise<void> {
  const { kind, counts, unknown } = outcome;
  const at = deps.clock.now();
  const kept = unknown.length > maxUnknownNames ? [] : unknown;
  await deps.aliases.addMissing(
    kept.map((name) => ({ key: plainName(name), id: deps.newId(), name, departmentCode: null, seenAt: at })),
  );
  await deps.runs.add({ id: deps.newId(), kind, at, by: actor, byName: actorName, counts });
  const text = Object.entries(counts).map(([result, count]) => `${result}=${count}`);
  await deps.recordAuditEvent({
    actor,
    action: kind === 'discharges' ? 'discharge.import' : 'survey-response.import',
    subject: `${kind}/${text.join(',')}`,
    outcome: 'succeeded',
    requestId,
  });
}
