import { hostname } from 'node:os';

/** This process in the run ledger: `ward-server#4711`. */
export function hostName(): string {
  return `${hostname()}#${process.pid}`;
}
