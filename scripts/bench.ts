import { benchSubmit } from './bench/submit.ts';

// npm run bench -- NAME: prints one benchmark's figures. Throughput rows are ratios of medians from one alternating run.
const benches: Readonly<Record<string, () => Promise<void>>> = { submit: benchSubmit };
const [name = ''] = process.argv.slice(2);
const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;
if (bench) await bench();
else {
  console.error(`There is no benchmark "${name}": choose one of ${Object.keys(benches).join(', ')}.`);
  process.exitCode = 1;
}
