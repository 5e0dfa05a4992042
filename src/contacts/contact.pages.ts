import type { Response } from 'express';
import { route } from '../http/route.ts';
import type { Guard, Route, RouteInput } from '../http/route.ts';
import type { Translate } from '../shared/i18n.ts';
import type { Locale } from '../shared/localized-text.ts';
import { contactForm, contactParams, contactQuery } from './contact.schema.ts';
import type { ContactQuery } from './contact.schema.ts';
import type { ListedContact, ReadContacts, Reader } from './read-contacts.ts';

/** What the pages need. */
export interface ContactPagesDeps extends ReadContacts {
  readonly guard: (action: string) => Guard;
  readonly departmentNames: (locale: Locale) => Promise<ReadonlyMap<string, string>>;
  readonly formatTime: (moment: Date) => string;
  readonly translate: Translate;
  readonly renderPage: (name: string, locale: Locale, model: object) => string;
  readonly shell: (input: Pick<RouteInput, 'principal' | 'locale' | 'csrfToken'>, path: string) => object;
}

const readerOf = ({ principal, requestId }: RouteInput): Reader => ({
  actor: principal?.accountId ?? 'anonymous',
  requestId,
});

function send(
  deps: ContactPagesDeps,
  input: RouteInput,
  response: Response,
  page: { readonly name: string; readonly path: string; readonly model: object },
): void {
  const model = { ...page.model, shell: deps.shell(input, page.path), csrfToken: input.csrfToken ?? '' };
  response
    .set('Cache-Control', 'no-store')
    .type('html')
    .send(deps.renderPage(`contacts/${page.name}`, input.locale, model));
}

/** The complaint office's pages: who asked to be contacted, with what they wrote. */
export function createContactPages(deps: ContactPagesDeps): readonly Route[] {
  const guard = deps.guard('contact.handle');
  const shown = async (contact: ListedContact, locale: Locale): Promise<object> => ({
    ...contact,
    department: (await deps.departmentNames(locale)).get(contact.departmentCode) ?? contact.departmentCode,
    received: deps.formatTime(contact.receivedAt),
  });
  return [
    route<unknown, ContactQuery>({
      method: 'get',
      path: '/office/contacts',
      guard,
      summary: 'Patients who asked to be contacted, with their words; no number and no name.',
      query: contactQuery,
      handle: async (input, response) => {
        const page = await deps.listOpen(readerOf(input), input.query.after);
        const contacts = await Promise.all(page.contacts.map((contact) => shown(contact, input.locale)));
        const nextHref = page.next === null ? '' : `/office/contacts?after=${page.next}`;
        const model = { contacts, nextHref };
        send(deps, input, response, { name: 'contacts', path: '/office/contacts', model });
      },
    }),
    route({
      method: 'get',
      path: '/office/contacts/:id',
      guard,
      summary: 'One contact with its number; the reading is recorded.',
      params: contactParams,
      handle: async (input, response) => {
        const id = input.params['id'] ?? '';
        const opened = await deps.open(id, readerOf(input));
        const contact = await shown(opened, input.locale);
        const silence = opened.silence && deps.translate(input.locale, `contacts:silence.${opened.silence}`);
        const model = { contact, silence };
        send(deps, input, response, { name: 'contact', path: `/office/contacts/${id}`, model });
      },
    }),
    route({
      method: 'post',
      path: '/office/contacts/:id/handled',
      guard,
      summary: 'Marks a contact as handled and leads back to the list.',
      params: contactParams,
      body: contactForm,
      handle: async (input, response) => {
        await deps.handle(input.params['id'] ?? '', readerOf(input));
        response.redirect(303, '/office/contacts');
      },
    }),
  ];
}
