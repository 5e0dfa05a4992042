import { parseReportingPeriod } from '../src/shared/reporting-period.ts';
import { runScript } from './run-script.ts';

// npm run close-month -- 2026-10 [--dry-run]: closes a month, or prints what closing it now would say.
const [month = '', ...flags] = process.argv.slice(2);
await runScript(async ({ audit, scorecards }) => {
  const period = parseReportingPeriod(month);
  if (flags.includes('--dry-run')) {
    for (const { departmentCode, verdict, sections } of await scorecards.closeMonth.dryRun(period)) {
      const answers = sections.map(
        ({ patientGroup, responses }) => `${patientGroup} n=${responses.complete}`,
      );
      console.log([departmentCode, verdict, ...answers].join('\t'));
    }
    console.log('Nothing was stored (--dry-run).');
    return;
  }
  await audit.watchScript('close-month', async (requestId) => {
    const { record } = await scorecards.requestClosing(period, { accountId: 'system', requestId });
    console.log(`${record.period} revision ${record.revision}, ${record.departmentCodes.length} scorecards`);
    console.log(`cut-off ${record.cutoffAt.toISOString()}, content ${record.contentHash}`);
  });
});
