import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import Handlebars from 'handlebars';
import type { Translate } from './i18n.ts';
import { isLocale } from './localized-text.ts';
import type { Locale } from './localized-text.ts';

/** A rendered mail: one subject line and the same content as plain text and HTML. */
export interface RenderedMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Every page and mail, compiled once. A template's model holds every computed word and number. */
export interface Templates {
  /** `templates/pages/<name>.html`, escaped. */
  readonly page: (name: string, locale: Locale, model: object) => string;
  /** `templates/mail/<name>/{subject,body.txt,body.html}`. */
  readonly mail: (name: string, locale: Locale, model: object) => RenderedMail;
}

type Compiled = (locale: Locale, model: object) => string;

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
}

function engine(translate: Translate, assetPath: (name: string) => string): typeof Handlebars {
  const handlebars = Handlebars.create();
  handlebars.registerHelper('t', function translated(key: string, options: Handlebars.HelperOptions) {
    const data = options.data as { locale: string };
    const values = options.hash as Record<string, string | number>;
    const missing = Object.keys(values).find((name) => values[name] === undefined);
    // Handlebars is strict about what it prints, not about what it hands to a helper.
    if (missing !== undefined) throw new Error(`"${missing}" is not defined for the text ${key}.`);
    return translate(isLocale(data.locale) ? data.locale : 'zh-Hans', key, values);
  });
  handlebars.registerHelper('asset', (name: string) => assetPath(name));
  handlebars.registerHelper('eq', (a: unknown, b: unknown) => a === b);
  return handlebars;
}

/**
 * Each file by its own ending: HTML is escaped, text is not. A partial left as text would be compiled with the options of
 * whichever template used it first, and a mail's plain text would take the escaping from a page.
 */
function compile(handlebars: typeof Handlebars, file: string): Handlebars.TemplateDelegate {
  return handlebars.compile(readFileSync(file, 'utf8'), { strict: true, noEscape: !file.endsWith('.html') });
}

/**
 * Compiles all templates below a folder. In a template: `{{t 'namespace:key' n=3}}`, `{{asset 'patient.css'}}`,
 * `{{> partial}}` and `{{#> layout}}…{{/layout}}` for the files of `partials/`, `{{@locale}}`. A variable the model lacks throws
 * where it is printed or put into a text; a condition takes it as false.
 */
export function createTemplates(deps: {
  readonly folder: string;
  readonly translate: Translate;
  readonly assetPath: (name: string) => string;
}): Templates {
  const handlebars = engine(deps.translate, deps.assetPath);
  const partials = join(deps.folder, 'partials');
  for (const file of filesUnder(partials)) {
    handlebars.registerPartial(file.replace(/\.(html|txt)$/, ''), compile(handlebars, join(partials, file)));
  }
  const compiled = new Map<string, Compiled>();
  for (const file of filesUnder(deps.folder).filter((name) => /^(pages|mail)\//.test(name))) {
    const template = compile(handlebars, join(deps.folder, file));
    compiled.set(file, (locale, model) => template(model, { data: { locale } }));
  }
  const render = (file: string, locale: Locale, model: object): string => {
    const template = compiled.get(file);
    if (!template) throw new Error(`There is no template ${file}.`);
    return template(locale, model);
  };
  return {
    page: (name, locale, model) => render(`pages/${name}.html`, locale, model),
    mail: (name, locale, model) => ({
      subject: render(`mail/${name}/subject`, locale, model).trim().replaceAll(/\s+/g, ' '),
      text: render(`mail/${name}/body.txt`, locale, model),
      html: render(`mail/${name}/body.html`, locale, model),
    }),
  };
}
