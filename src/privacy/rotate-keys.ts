import type { Clock } from '../shared/clock.ts';
import type { KeyRing } from './field-encryption.ts';
import type { KeyHolderStore } from './key-holder.store.ts';
import type { ReEncryptFields, ReEncryption } from './re-encrypt-fields.ts';

/** The file in which an evaluation keeps its keys. Every change is in the disk's journal before it is told. */
export interface KeyFile {
  /** Base64, the current one first; one that is to come stands last. */
  readonly keys: () => readonly string[];
  /** Adds a new key that every instance can read but none encrypts with yet; one that stands there already stays. */
  readonly addIncoming: () => void;
  /** Makes the key that is to come the current one; nothing happens without one. */
  readonly promote: () => void;
  /** Moves every key but the current one into files of their own; gives those files. */
  readonly moveOutOlder: () => readonly string[];
}

/** What rotating needs. */
export interface RotateKeysDeps {
  readonly ring: KeyRing;
  readonly reEncryptFields: ReEncryptFields;
  readonly holders: Pick<KeyHolderStore, 'living'>;
  /** Null where the operator gives the keys. */
  readonly keyFile: KeyFile | null;
  readonly clock: Clock;
  readonly wait: (ms: number) => Promise<void>;
}

/** How a rotation ended. */
export interface Rotation {
  readonly currentKey: string;
  /** Keys that no text is under any more. */
  readonly olderKeys: readonly string[];
  readonly reEncrypted: number;
  /** Where an evaluation's older keys were moved. */
  readonly movedTo: readonly string[];
}

/** Told of what is done: a collection as far as it is. */
export type TellRotation = (so: ReEncryption) => void;

/** An instance that has not said anything for so long has ended. */
const aliveMs = 60_000;
const patienceMs = 90_000;
const pollMs = 1_000;
/** A write that read its record before the last pass has ended by then. */
const settleMs = 5_000;

/**
 * Puts everything under the current key, an evaluation's under a new one. Every living instance must have the key before the first text
 * is written under it, and be using it before the older ones are given up. Broken off anywhere, it goes on when run again. Throws an
 * Error that names the instance that does not have the key, or says how many texts no key opens.
 */
export function createRotateKeys(deps: RotateKeysDeps): (tell?: TellRotation) => Promise<Rotation> {
  return async (tell) => {
    if (deps.keyFile !== null) await introduceKey(deps, deps.keyFile);
    const [currentKey = '', ...olderKeys] = deps.ring.ids();
    await allHold(deps, ([current]) => current === currentKey, `does not use the key ${currentKey} yet`);
    const reEncrypted = await untilNoneIsLeft(deps, tell);
    const movedTo = deps.keyFile?.moveOutOlder() ?? [];
    if (deps.keyFile !== null) deps.ring.take(deps.keyFile.keys());
    return { currentKey, olderKeys, reEncrypted, movedTo };
  };
}

/** Readable for all first, then current. */
async function introduceKey(deps: RotateKeysDeps, keyFile: KeyFile): Promise<void> {
  keyFile.addIncoming();
  deps.ring.take(keyFile.keys());
  const incoming = deps.ring.ids().at(-1) ?? '';
  await allHold(deps, (keyIds) => keyIds.includes(incoming), `does not have the key ${incoming} yet`);
  keyFile.promote();
  deps.ring.take(keyFile.keys());
}

async function allHold(
  { holders, clock, wait }: RotateKeysDeps,
  holds: (keyIds: readonly string[]) => boolean,
  fault: string,
): Promise<void> {
  for (let waited = 0; ; waited += pollMs) {
    const living = await holders.living(new Date(clock.now().getTime() - aliveMs));
    const missing = living.find(({ keyIds }) => !holds(keyIds));
    if (missing === undefined) return;
    if (waited >= patienceMs)
      throw new Error(
        `The instance ${missing.instance} ${fault}. Give it the keys and start it again, then repeat this command; nothing is lost, older keys stay readable.`,
      );
    await wait(pollMs);
  }
}

async function untilNoneIsLeft(deps: RotateKeysDeps, tell?: TellRotation): Promise<number> {
  let reEncrypted = 0;
  for (;;) {
    const passes = await deps.reEncryptFields(tell);
    const sum = (count: (one: ReEncryption) => number): number =>
      passes.reduce((total, one) => total + count(one), 0);
    const unreadable = sum((one) => one.unreadable);
    if (unreadable > 0)
      throw new Error(
        `${unreadable} text(s) are under a key that is not in the list: give it too, and repeat this command. No key may be destroyed.`,
      );
    const worked = sum((one) => one.reEncrypted + one.left);
    reEncrypted += sum((one) => one.reEncrypted);
    if (worked === 0) return reEncrypted;
    await deps.wait(settleMs);
  }
}
