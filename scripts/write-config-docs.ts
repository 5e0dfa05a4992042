import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configReadme } from '../src/shared/config-readme.ts';
import { projectRoot } from '../src/shared/project-root.node.ts';
import { configKeys, defaultConfig } from '../src/shared/config.ts';

// npm run config:docs: writes config/README.md from the schema and the defaults.
const root = projectRoot();
writeFileSync(join(root, 'config', 'README.md'), configReadme(configKeys(), defaultConfig(root)));
