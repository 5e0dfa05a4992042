/** One documented key. */
export interface DocumentedKey {
  readonly path: string;
  readonly description: string;
  readonly env: string | null;
  readonly secret: boolean;
}

function valueAt(tree: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, part) =>
        typeof value === 'object' && value !== null
          ? Object.entries(value).find(([name]) => name === part)?.[1]
          : undefined,
      tree,
    );
}

function row(key: DocumentedKey, defaults: unknown): string {
  const value = JSON.stringify(valueAt(defaults, key.path) ?? null).replaceAll('|', '\\|');
  const env = key.env ? `\`${key.env}\`${key.secret ? ` or \`${key.env}_FILE\`` : ''}` : '';
  return `| \`${key.path}\` | \`${value}\` | ${env} | ${key.description.replaceAll('|', '\\|')} |`;
}

/** config/README.md: every key with its default, its environment name and what it does. */
export function configReadme(keys: readonly DocumentedKey[], defaults: unknown): string {
  return `# Configuration

This page is made from the schema and the defaults by \`npm run config:docs\`; a test fails when it is out of date.

Where a value comes from, highest first:

1. the environment variable of the key, or for any of them \`<NAME>_FILE\`, a file that holds the value;
2. \`config/<NODE_ENV>.json\` (\`development\` when \`NODE_ENV\` is unset, \`test\`, \`production\`): differences only;
3. \`config/default.json\`: every key.

All problems are reported together and the service does not start; a value is never printed. In production the keys
whose default is \`null\` and whose description is not optional must be given: \`MONGODB_URI\`, \`SMTP_URL\`,
\`PUBLIC_BASE_URL\`, \`TRUST_PROXY\`, \`SESSION_SECRET\`, \`ENCRYPTION_KEY\`, \`BLIND_INDEX_KEY\`, \`AUDIT_KEY\`.

| key | default | environment | what it does |
| --- | --- | --- | --- |
${keys.map((key) => row(key, defaults)).join('\n')}
`;
}
