import { readDepartmentFile } from '../src/departments/department-file.node.ts';
import { runScript } from './run-script.ts';

// npm run import-departments -- FILE.json [--dry-run]: adds and changes departments; one line for each.
const args = process.argv.slice(2);
const dryRun = args.includes('--dry-run');
const file = args.find((argument) => !argument.startsWith('--'));
await runScript(
  async ({ audit, departments }) => {
    if (file === undefined)
      throw new Error('Name the file: npm run import-departments -- FILE.json [--dry-run]');
    const content = readDepartmentFile(file);
    const bring = async (requestId?: string): Promise<void> => {
      const by = { actor: 'system', ...(requestId === undefined ? {} : { requestId }) };
      const { rows } = await departments.importDepartments(content, { dryRun, ...by });
      for (const { code, outcome } of rows) console.log(`${code}\t${outcome}`);
    };
    if (!dryRun) await audit.watchScript('import-departments', bring);
    else {
      await bring();
      console.log('Nothing was written (--dry-run).');
    }
  },
  { mayBegin: true },
);
