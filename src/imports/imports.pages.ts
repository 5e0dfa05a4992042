import { route } from '../http/route.ts';
import type { Guard, Route, RouteInput } from '../http/route.ts';
import type { HospitalTime } from '../shared/hospital-time.ts';
import type { Locale } from '../shared/localized-text.ts';
import type { AnswerMapping } from './answer-mapping.schema.ts';
import type { AssignDepartment } from './assign-department.ts';
import type { DepartmentAliasStore } from './department-alias.store.ts';
import { aliasForm, pageQuery, removalForm } from './import.schema.ts';
import type { ImportRunStore } from './import-run.store.ts';
import type { RemoveAlias } from './remove-alias.ts';
import { importsModel, mappingModel, systemsModel } from './imports.view-model.ts';

/** What the pages need. */
export interface ImportsPagesDeps {
  readonly guard: (action: string) => Guard;
  readonly aliases: Pick<DepartmentAliasStore, 'list'>;
  readonly runs: Pick<ImportRunStore, 'latest'>;
  readonly assignDepartment: AssignDepartment;
  readonly removeAlias: RemoveAlias;
  readonly mappings: readonly AnswerMapping[];
  /** Departments one may map to, with their names in a language. */
  readonly departments: (
    locale: Locale,
  ) => Promise<readonly { readonly code: string; readonly name: string }[]>;
  readonly renderPage: (name: string, locale: Locale, model: object) => string;
  readonly shell: (input: RouteInput, path: string) => object;
  readonly hospitalTime: HospitalTime;
}

interface AliasForm {
  readonly name: string;
  readonly departmentCode: string | null;
}

const shownRuns = 20;

/** The mapping table: shown, changed, and names taken away. */
function mappingPages(deps: ImportsPagesDeps, guard: Guard): readonly Route[] {
  return [
    route<unknown, { readonly saved?: string; readonly removed?: string }>({
      method: 'get',
      path: '/office/imports/mapping',
      guard,
      summary: 'The mapping table of department names.',
      query: pageQuery,
      handle: async (input, response) => {
        const aliases = await deps.aliases.list();
        const model = {
          ...mappingModel(aliases, await deps.departments(input.locale)),
          saved: input.query.saved !== undefined,
          removed: input.query.removed !== undefined,
          shell: deps.shell(input, '/office/imports/mapping'),
        };
        response.type('html').send(deps.renderPage('imports/mapping', input.locale, model));
      },
    }),
    route<AliasForm>({
      method: 'post',
      path: '/office/imports/mapping',
      guard,
      summary: 'Maps one name, then shows the table again.',
      body: aliasForm,
      handle: async ({ body, principal, requestId }, response) => {
        const { name, departmentCode } = body;
        const actor = principal?.accountId ?? 'anonymous';
        await deps.assignDepartment({ name, departmentCode }, { actor, requestId });
        response.redirect(303, '/office/imports/mapping?saved=1');
      },
    }),
    route({
      method: 'post',
      path: '/office/imports/mapping/:aliasId/remove',
      guard,
      summary: 'Removes a name that is mapped to nothing, then shows the table again.',
      body: removalForm,
      handle: async ({ params, principal, requestId }, response) => {
        const actor = principal?.accountId ?? 'anonymous';
        await deps.removeAlias(params['aliasId'] ?? '', { actor, requestId });
        response.redirect(303, '/office/imports/mapping?removed=1');
      },
    }),
  ];
}

/** The office's pages of imports: uploading, what was imported before, and the mapping table. */
export function createImportsPages(deps: ImportsPagesDeps): readonly Route[] {
  const guard = deps.guard('import.manage');
  const ofAnswers = deps.guard('survey-response.import');
  return [
    route({
      method: 'get',
      path: '/office/imports',
      guard: deps.guard('import.read'),
      summary:
        'Lists what was imported before; uploads files of discharges and of older answers for those who may.',
      query: pageQuery,
      handle: async (input, response) => {
        const [runs, aliases] = await Promise.all([deps.runs.latest(shownRuns), deps.aliases.list()]);
        const mayImport = (right: Guard): boolean =>
          right.decide(input.principal, input.params) === 'allowed';
        const model = {
          ...importsModel(runs, aliases, deps.hospitalTime.format),
          systems: mayImport(ofAnswers) ? systemsModel(deps.mappings) : [],
          mayImport: mayImport(guard),
          shell: deps.shell(input, '/office/imports'),
        };
        response.type('html').send(deps.renderPage('imports/imports', input.locale, model));
      },
    }),
    ...mappingPages(deps, guard),
  ];
}
