/** Structured log lines. Fields hold ids and counts, never what a patient or a person wrote. */
export interface Logger {
  readonly debug: (fields: object, message: string) => void;
  readonly info: (fields: object, message: string) => void;
  readonly warn: (fields: object, message: string) => void;
  /** Only for what a person must act on. */
  readonly error: (fields: object, message: string) => void;
}

/** A logger that keeps silent, for scripts and tests. */
export const silentLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
