import { benchClose } from './bench/close.ts';
import { benchDemo } from './bench/demo.ts';
import { benchScorecardPage } from './bench/scorecard-page.ts';
import { benchStart } from './bench/start.ts';
import { benchSubmit } from './bench/submit.ts';

// npm run bench -- NAME: prints one benchmark's figures. Throughput rows are ratios of medians from one alternating run.
const benches: Readonly<Record<string, (args: readonly string[]) => Promise<void>>> = {
  submit: benchSubmit,
  close: benchClose,
  'scorecard-page': benchScorecardPage,
  start: benchStart,
  demo: benchDemo,
};
const [name = '', ...args] = process.argv.slice(2);
const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;
if (bench) await bench(args);
else {
  console.error(`There is no benchmark "${name}": choose one of ${Object.keys(benches).join(', ')}.`);
  process.exitCode = 1;
}
