/** One package with a known weakness. */
export interface Weakness {
  readonly name: string;
  readonly severity: string;
  /** Titles and addresses of the advisories. */
  readonly advisories: readonly string[];
}

/** What `npm audit --json` said: an answer, no answer of the registry, or that it could not even ask. */
export type AuditReading =
  | { readonly kind: 'answered'; readonly weaknesses: readonly Weakness[] }
  | { readonly kind: 'unanswered'; readonly reason: string }
  | { readonly kind: 'broken'; readonly reason: string };

interface Report {
  readonly message?: string;
  readonly error?: { readonly code?: string; readonly summary?: string };
  readonly metadata?: { readonly vulnerabilities?: object };
  readonly vulnerabilities?: Readonly<
    Record<
      string,
      { readonly severity: string; readonly via: readonly (string | { title: string; url: string })[] }
    >
  >;
}

/** What is wrong here, not at the registry: npm's own codes for a missing or unreadable lock file and a wrong call. */
const ownFaults = new Set(['ENOLOCK', 'EJSONPARSE', 'EUSAGE', 'EAUDITGLOBAL', 'ENOENT']);

function reportOf(output: string): Report | null {
  try {
    const value: unknown = JSON.parse(output);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}

function weaknessesOf(vulnerabilities: NonNullable<Report['vulnerabilities']>): readonly Weakness[] {
  return Object.entries(vulnerabilities).map(([name, { severity, via }]) => ({
    name,
    severity,
    advisories: via.map((one) => (typeof one === 'string' ? `through ${one}` : `${one.title} ${one.url}`)),
  }));
}

function reasonOf({ message, error }: Report): string {
  return [message, error?.summary, error?.code].find((text) => text) ?? 'no reason given';
}

/** Reads what `npm audit --json` printed, of any of its shapes. Silence and noise are no answer, never a clean one. */
export function readAudit(output: string): AuditReading {
  const report = reportOf(output);
  if (report === null) return { kind: 'unanswered', reason: 'npm audit printed no report' };
  if (report.metadata?.vulnerabilities && report.vulnerabilities)
    return { kind: 'answered', weaknesses: weaknessesOf(report.vulnerabilities) };
  const kind = ownFaults.has(report.error?.code ?? '') ? 'broken' : 'unanswered';
  return { kind, reason: reasonOf(report) };
}

/** The weaknesses that must not stand: high and critical. */
export function graveWeaknesses(weaknesses: readonly Weakness[]): readonly Weakness[] {
  return weaknesses.filter(({ severity }) => severity === 'high' || severity === 'critical');
}
