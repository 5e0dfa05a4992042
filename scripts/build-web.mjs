// Bundles the browser code of src/web into dist/static, with hashed names and a manifest: name -> built file.
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const source = join(root, 'src/web');
const target = join(root, 'dist/static');
const fresh = `${target}.new-${process.pid}`;

const entries = (await readdir(source)).filter((name) => /\.(ts|css)$/.test(name) && !name.endsWith('.d.ts'));
await mkdir(fresh, { recursive: true });
const result =
  entries.length === 0
    ? { metafile: { outputs: {} } }
    : await build({
        entryPoints: entries.map((name) => join(source, name)),
        outdir: fresh,
        entryNames: '[name]-[hash]',
        bundle: true,
        minify: true,
        format: 'iife',
        target: ['chrome70', 'safari12'],
        charset: 'utf8',
        metafile: true,
        logLevel: 'warning',
      });

const manifest = {};
for (const [file, { entryPoint }] of Object.entries(result.metafile.outputs)) {
  if (!entryPoint) continue;
  manifest[basename(entryPoint).replace(/\.ts$/, '.js')] = basename(file);
}
await writeFile(join(fresh, 'manifest.json'), JSON.stringify(manifest, null, 2));
await rm(target, { recursive: true, force: true });
await rename(fresh, target);
process.stdout.write(
  `Built ${Object.keys(manifest).length} browser files (${[...new Set(entries.map(extname))].join(' ')}).\n`,
);
