import { startBuilt } from './service-process.ts';

/** What a script said, and its exit code. */
export interface Said {
  readonly code: number | null;
  readonly output: string;
  /** Its first line on stderr: which database it works on. */
  readonly database: string;
  /** Everything else on stderr. */
  readonly errors: string;
}

/** Runs a built script with nothing in its environment but what is given. */
export async function runScript(
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Said> {
  const built = startBuilt(`scripts/${script}.js`, env, args);
  const { code } = await built.ended;
  const [database = '', ...errors] = built.errors().split('\n');
  return { code, output: built.output(), database, errors: errors.join('\n').trim() };
}
