import { askNpm } from './ask-npm.ts';
import type { LockedPackage } from './locked-packages.ts';

/** The parts of a CycloneDX document that are looked at here. */
export interface BillOfMaterials {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly serialNumber: string;
  readonly metadata: { readonly component: Readonly<Record<string, unknown>> };
  readonly components: readonly {
    readonly 'bom-ref': string;
    readonly type: string;
    readonly name: string;
    readonly version: string;
    readonly purl: string;
  }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

/**
 * The packages of production as a CycloneDX document, from the lock file alone: no registry is asked. npm writes the whole tree,
 * from which those of development are taken here: its own `--omit=dev` loses packages that development needs too. Throws when
 * npm (10 or newer) writes none.
 */
export async function billOfMaterials(
  name: string,
  packages: readonly LockedPackage[],
): Promise<BillOfMaterials> {
  const output = await askNpm(
    ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--omit=', '--package-lock-only'],
    60_000,
  );
  if (output === '') throw new Error('npm sbom wrote nothing: it needs npm 10 or newer.');
  const whole = JSON.parse(output) as BillOfMaterials;
  const development = new Set(
    packages.filter((one) => one.development).map((one) => `${one.name}@${one.version}`),
  );
  const kept = (reference: string): boolean => !development.has(reference);
  return {
    ...whole,
    // npm names the product after the folder it lies in.
    metadata: { ...whole.metadata, component: { ...whole.metadata.component, name } },
    components: whole.components.filter((one) => kept(one['bom-ref'])),
    dependencies: whole.dependencies
      .filter(({ ref }) => kept(ref))
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter(kept) })),
  };
}
