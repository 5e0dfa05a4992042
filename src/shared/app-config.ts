import type { Locale, LocalizedText } from './localized-text.ts';
import type { Role } from './principal.ts';

/** The merged, checked and frozen configuration. Meanings and units: config/README.md. */
export interface AppConfig {
  readonly deployment: { readonly evaluation: boolean; readonly requireExplicit: boolean };
  readonly hospital: {
    readonly name: LocalizedText;
    readonly timeZone: string;
    readonly languages: readonly Locale[];
  };
  readonly data: { readonly folder: string };
  readonly mongo: {
    readonly uri: string | null;
    readonly database: string;
    readonly serverSelectionTimeoutMs: number;
  };
  readonly http: {
    readonly port: number;
    readonly host: string | null;
    readonly publicBaseUrl: string | null;
    readonly trustProxy: number | null;
    /** Null: one listener serves patients and staff; then the three keys below are null too. */
    readonly staffPort: number | null;
    readonly staffHost: string | null;
    readonly staffBaseUrl: string | null;
    readonly staffTrustProxy: number | null;
    readonly requestTimeoutMs: number;
    readonly publicSubmits: number;
    readonly deviceSubmits: number;
    readonly publicSubmitsWindowSeconds: number;
  };
  readonly secrets: {
    readonly session: string | null;
    readonly encryption: readonly string[] | null;
    readonly blindIndex: string | null;
    readonly audit: string | null;
    readonly adminPassword: string | null;
  };
  readonly accounts: {
    readonly forcePasswordChange: boolean;
    readonly passwordMaxDays: number | null;
    readonly failuresPerAddress: number;
    readonly requireTwoFactor: readonly Role[];
    readonly idleMinutes: number;
    readonly absoluteHours: number;
  };
  readonly apiKeys: { readonly defaultDays: number; readonly maxDays: number };
  readonly operation: { readonly startsIn: 'trial' | 'live'; readonly refreshSeconds: number };
  readonly departments: { readonly seedFile: string | null };
  readonly demo: { readonly enabled: boolean; readonly file: string };
  readonly surveyForms: {
    readonly folder: string;
    readonly groups: {
      readonly clinical: readonly string[];
      readonly technical: readonly string[];
      readonly window: readonly string[];
      readonly administrative: readonly string[];
    };
    readonly phoneGroup: string;
  };
  readonly imports: { readonly folder: string };
  readonly calendar: {
    readonly folder: string;
    readonly alarmFrom: string;
    readonly alarmSchedule: string;
  };
  readonly followUp: {
    readonly firstDay: number;
    readonly lastDay: number;
    readonly maxAttempts: number;
    readonly claimMinutes: number;
  };
  readonly scorecards: {
    readonly closeOnWorkingDay: number;
    readonly closeAt: string;
    readonly settleSeconds: number;
    readonly reconcileSchedule: string;
    readonly deliverSchedule: string;
    readonly catchUpMonths: number;
  };
  readonly mail: {
    readonly smtpUrl: string | null;
    readonly catcher: boolean;
    readonly fromName: string | null;
    readonly fromAddress: string | null;
    readonly replyTo: string | null;
    readonly connectionTimeoutMs: number;
    readonly socketTimeoutMs: number;
    readonly sendTimeoutMs: number;
    readonly leaseMinutes: number;
    readonly maxAttempts: number;
    readonly concurrency: number;
  };
  readonly privacy: {
    readonly noticesFolder: string;
    readonly deidentificationFile: string;
    readonly commentMinimum: number;
    /** Days each. */
    readonly retention: {
      readonly dischargeIdentity: number;
      readonly admissionKeys: number;
      readonly callNotes: number;
      readonly contacts: number;
      readonly unmappedNames: number;
      readonly answerWords: number;
      readonly sourceSecrets: number;
      readonly erasedAdmissions: number;
      readonly backups: number;
    };
    readonly purgeSchedule: string;
  };
  readonly audit: {
    readonly retentionDays: number;
    readonly sealSchedule: string;
    readonly verifySchedule: string;
  };
  readonly jobs: { readonly runAtStart: boolean };
  readonly log: { readonly level: string };
}
