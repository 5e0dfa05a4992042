import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Address of a built asset: `patient.css` → `/static/patient-3f2a.css`, from the build's manifest. Throws on a name
 * the build did not make.
 */
export function createAssetPath(folder: string): (name: string) => string {
  const file = join(folder, 'manifest.json');
  if (!existsSync(file)) throw new Error('The pages are not built: run "npm run build".');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, string>>;
  return (name) => {
    const built = manifest[name];
    if (!built) throw new Error(`The build made no ${name}: run "npm run build".`);
    return `/static/${built}`;
  };
}
