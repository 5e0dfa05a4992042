import type { Job } from '../jobs/job.ts';
import type { KeyRing } from './field-encryption.ts';
import type { ReEncryptFields } from './re-encrypt-fields.ts';

/** Every night, while there are older keys, puts what is still under one of them under the current key. */
export function createReEncryptFieldsJob(deps: {
  readonly schedule: string;
  readonly ring: Pick<KeyRing, 'ids'>;
  readonly reEncryptFields: ReEncryptFields;
}): Job {
  return {
    name: 're-encrypt-fields',
    schedule: deps.schedule,
    run: async () => {
      if (deps.ring.ids().length > 1) await deps.reEncryptFields();
    },
  };
}
