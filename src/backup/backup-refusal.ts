/** Why a backup or a restore was not made; read by a person at a terminal, never by a patient or a browser. */
export type RefusalCode =
  | 'backup_damaged'
  | 'backup_empty'
  | 'backup_exists'
  | 'backup_keys_missing'
  | 'backup_missing'
  | 'backup_unknown'
  | 'database_not_empty'
  | 'restore_differs'
  | 'service_running';

/** An Error with a code and one sentence that says what to do; it holds no data. */
export function refusal(
  code: RefusalCode,
  message: string,
  cause?: unknown,
): Error & { readonly code: RefusalCode } {
  return Object.assign(new Error(message, { cause }), { code });
}
