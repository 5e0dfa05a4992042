import { afterAll, describe, expect, test } from '@jest/globals';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { projectRoot } from '../../src/shared/project-root.node.ts';
import {
  dataFolder,
  endAll,
  enginePid,
  startBuilt,
  startServiceProcess,
  severalStartsMs,
} from '../support/service-process.ts';

afterAll(endAll);

describe('a start that cannot work', () => {
  test(
    'a survey form changed under the same version is refused with the reason, and accepted again when restored',
    async () => {
      const folder = dataFolder();
      const forms = join(folder, 'forms');
      cpSync(join(projectRoot(), 'config', 'survey-forms'), forms, { recursive: true });
      const env = { DATA_DIR: folder, SURVEY_FORMS_FOLDER: forms };
      const first = await startServiceProcess(env);
      await first.ready();
      expect((await first.stop()).code).toBe(0);
      const file = join(forms, 'outpatient.json');
      const published = readFileSync(file, 'utf8');
      const form = JSON.parse(published) as { items: { text: Record<string, string> }[] };
      const [item] = form.items;
      if (item) item.text['en'] = `${item.text['en'] ?? ''} (really?)`;
      writeFileSync(file, JSON.stringify(form));

      const changed = await startServiceProcess(env);
      expect(await changed.ended).toEqual({ code: 1, signal: null });
      const script = startBuilt('scripts/close-month.js', env, ['2026-01', '--dry-run']);
      expect((await script.ended).code).toBe(1);

      for (const { errors } of [changed, script]) {
        expect(errors()).toMatch(/outpatient@1.*has changed since this version was published/);
        expect(errors()).not.toMatch(/^\s+at /m);
      }
      expect(enginePid(folder)).toBeNull();
      writeFileSync(file, published);
      const restored = await startServiceProcess(env);
      await restored.ready();
      expect((await restored.stop()).code).toBe(0);
    },
    severalStartsMs,
  );

  test('a port in use ends in one sentence that names it, before an engine is started', async () => {
    const folder = dataFolder();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = address !== null && typeof address === 'object' ? String(address.port) : '';

    const service = await startServiceProcess({ DATA_DIR: folder, PORT: port });
    const end = await service.ended;
    await new Promise((resolve) => other.close(resolve));

    expect(end).toEqual({ code: 1, signal: null });
    expect(service.errors()).toBe(
      `The port ${port} of 127.0.0.1 is in use: stop the other program, or set PORT to another port.\n`,
    );
    expect(enginePid(folder)).toBeNull();
  });

  test('a data folder that cannot be written ends in words, not in a stack', async () => {
    const folder = dataFolder();
    const blocked = join(folder, 'a-file');
    writeFileSync(blocked, '');

    const service = await startServiceProcess({ DATA_DIR: join(blocked, 'data') });

    expect((await service.ended).code).toBe(1);
    expect(service.errors()).toContain(blocked);
    expect(service.errors()).not.toMatch(/^\s+at /m);
  });
});
