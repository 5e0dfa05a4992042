import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createTemplates } from '../../src/shared/templates.handlebars.ts';
import type { Templates } from '../../src/shared/templates.handlebars.ts';

let folder = '';
let templates: Templates;

const files: Readonly<Record<string, string>> = {
  'pages/hello.html': '{{#> layout title="T"}}<b>{{name}}</b>{{t "a:hello" n=name}}{{/layout}}',
  'pages/deep/list.html': '{{#each rows}}{{> row}}{{/each}}{{#if none}}none{{/if}}',
  'pages/asset.html': '<link href="{{asset "patient.css"}}" lang="{{@locale}}">{{#if (eq a "x")}}same{{/if}}',
  'pages/text.html': '{{t "a:hello" n=name}}',
  'pages/broken.html': '{{> nothing}}',
  'partials/layout.html': '<title>{{title}}</title>{{> @partial-block}}',
  'partials/row.html': '<td>{{name}}</td>',
  'partials/line.txt': '- {{name}}',
  'mail/card/subject': '  {{name}}\r\n\tBcc:  x  ',
  'mail/card/body.txt': '{{name}}\n{{> line}}{{> row}}',
  'mail/card/body.html': '<p>{{name}}</p>',
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'templates-'));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  templates = build();
});
afterAll(() => rmSync(folder, { recursive: true }));

function build(): Templates {
  return createTemplates({
    folder,
    translate: (locale, key, values) => `${locale} ${key} ${String(values?.['n'])}`,
    assetPath: (name) => `/static/built-${name}`,
  });
}

const hostile = '<script>alert("1")</script>';

describe('a page', () => {
  test('escapes what a person wrote, also inside a text of the catalogue and inside a layout', () => {
    const html = templates.page('hello', 'en', { name: hostile });

    expect(html).toContain('<b>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;</b>');
    expect(html).toContain('en a:hello &lt;script&gt;');
    expect(html).not.toContain('<script>');
  });

  test('stands in its layout', () => {
    expect(templates.page('hello', 'zh-Hans', { name: '张' })).toBe(
      '<title>T</title><b>张</b>zh-Hans a:hello 张',
    );
  });

  test('knows the built name of a file, its language and whether two are the same', () => {
    expect(templates.page('asset', 'zh-Hant', { a: 'x' })).toBe(
      '<link href="/static/built-patient.css" lang="zh-Hant">same',
    );
  });

  test.each([
    ['in the page', 'hello', {}],
    ['in a text of the catalogue', 'text', {}],
    ['in a partial', 'deep/list', { rows: [{ other: 1 }], none: false }],
  ])('whose model lacks a variable throws: %s', (_where, name, model) => {
    expect(() => templates.page(name, 'en', model)).toThrow(/not defined/);
  });

  test('that is not there, or whose partial is not there, throws', () => {
    expect(() => templates.page('gone', 'en', {})).toThrow('There is no template pages/gone.html.');
    expect(() => templates.page('../mail/card/body', 'en', {})).toThrow(/There is no template/);
    expect(() => templates.page('broken', 'en', {})).toThrow(/nothing/);
  });

  test('cannot reach a prototype through its model', () => {
    expect(() => templates.page('hello', 'en', Object.create({ name: 'inherited' }) as object)).toThrow(
      /not defined/,
    );
  });
});

describe('a mail', () => {
  test('escapes its HTML and never its text, whichever was rendered first with a partial', () => {
    const fresh = build();
    const mail = fresh.mail('card', 'en', { name: hostile });
    const page = fresh.page('deep/list', 'en', { rows: [{ name: hostile }], none: false });

    expect(mail.html).toBe('<p>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;</p>');
    expect(mail.text).toContain(`${hostile}\n- ${hostile}`);
    expect(page).not.toContain('<script>');
  });

  test('has a subject of one line', () => {
    expect(templates.mail('card', 'en', { name: 'A\r\nBcc: evil@example' }).subject).toBe(
      'A Bcc: evil@example Bcc: x',
    );
  });
});
