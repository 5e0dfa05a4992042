import { readDepartmentFile } from '../src/departments/department-file.node.ts';
import { runScript } from './run-script.ts';

// npm run import-departments -- FILE.json [--dry-run]: adds and changes departments; one line for each.
const args = process.argv.slice(2);
const dryRun = args.includes('--dry-run');
const file = args.find((argument) => !argument.startsWith('--'));
await runScript(
  async ({ departments }) => {
    if (file === undefined)
      throw new Error('Name the file: npm run import-departments -- FILE.json [--dry-run]');
    const content = readDepartmentFile(file);
    const { rows } = await departments.importDepartments(content, { dryRun, actor: 'system' });
    for (const { code, outcome } of rows) console.log(`${code}\t${outcome}`);
    if (dryRun) console.log('Nothing was written (--dry-run).');
  },
  { mayBegin: true },
);
