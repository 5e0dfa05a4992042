import { hostName } from './jobs/host-name.node.ts';
import type { Common, Parts } from './parts.ts';
import { wireKeyRotation } from './privacy/privacy.wiring.ts';
import type { KeyRotationSlice } from './privacy/privacy.wiring.ts';
import type { SealedRecords } from './privacy/sealed-records.ts';

/** The rotation of the keys of the encrypted fields of some slices. */
export function composeKeys(
  { config, keyFile }: Parts,
  common: Common,
  slices: readonly { readonly sealed: readonly SealedRecords[] }[],
): KeyRotationSlice {
  return wireKeyRotation({
    ...common,
    ring: common.keys.encryption,
    sealed: slices.flatMap(({ sealed }) => sealed),
    keyFile,
    instance: hostName(),
    refreshMs: config.operation.refreshSeconds * 1000,
    schedule: config.privacy.purgeSchedule,
    onError: () => common.log.debug({}, 'the keys at hand could not be told'),
  });
}
