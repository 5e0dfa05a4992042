import { audited } from './audited.ts';
import type { AuditedDeps } from './audited.ts';

/** Runs the work of a command that somebody gives at the server; what it records itself goes under the same request id. */
export type WatchScript = <T>(command: string, work: (requestId: string) => Promise<T>) => Promise<T>;

/**
 * Builds it: `script.run` by `system` with the command as its object, announced before and told after. Who gave the command is
 * the operating system's to know.
 */
export function createWatchScript(deps: AuditedDeps, newId: () => string): WatchScript {
  return async (command, work) => {
    const requestId = newId();
    const event = { actor: 'system', action: 'script.run', subject: `script/${command}`, requestId };
    return audited(deps, event, () => work(requestId));
  };
}
