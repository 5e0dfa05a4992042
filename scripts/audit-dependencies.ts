import { askNpm } from './supply-chain/ask-npm.ts';
import { graveWeaknesses, readAudit } from './supply-chain/npm-audit.ts';
import type { Weakness } from './supply-chain/npm-audit.ts';

// npm run audit:dependencies: fails on a known high or critical weakness in a package of production. A registry that refuses
// to be asked, as some proxies do, is told of loudly and fails nothing. With npm's own "offline" it would report a clean tree.
const args = [
  'audit',
  '--omit=dev',
  '--json',
  '--offline=false',
  '--fetch-retries=1',
  '--fetch-timeout=15000',
];

function print(weaknesses: readonly Weakness[]): void {
  for (const { name, severity, advisories } of weaknesses)
    console.error(`${severity}: ${name}: ${advisories.join('; ')}`);
}

const reading = readAudit(await askNpm(args, 50_000));
if (reading.kind === 'answered') {
  const grave = graveWeaknesses(reading.weaknesses);
  print(reading.weaknesses);
  console.log(
    `${reading.weaknesses.length} known weaknesses in production, ${grave.length} of them high or critical.`,
  );
  if (grave.length > 0) process.exitCode = 1;
} else {
  const line = '!'.repeat(100);
  console.error(
    `${line}\nNOT CHECKED: whether packages of production have known weaknesses. ${reading.reason}\n${line}`,
  );
  if (reading.kind === 'broken') process.exitCode = 1;
  else console.error('Run npm run audit:dependencies where the registry answers npm audit.');
}
