import { commonLines, part } from './policy-access.ts';
import type { Access } from './policy-access.ts';

/** Every route of the service and who may call it: a route that is added without its line here fails the test. */
export const policyTable: ReadonlyMap<string, Access> = new Map([
  ...commonLines,
  // the audit trail
  ...part(
    { auditor: 'all' },
    'get /api/v1/audit-events',
    'get /api/v1/audit-events/export.csv',
    'get /audit',
  ),
  // paper keyed in
  ...part({ office: 'all', clerk: 'all' }, 'get /paper', 'post /paper/:departmentCode'),
  // confidential answers
  ...part({ ethics: 'all' }, 'get /api/v1/confidential-answers', 'get /confidential-answers'),
  // accounts
  ...part(
    { admin: 'all' },
    'get /admin/accounts',
    'get /admin/accounts/:accountId',
    'get /admin/accounts/new',
    'get /api/v1/accounts',
    'post /admin/accounts',
    'post /admin/accounts/:accountId',
    'post /admin/accounts/:accountId/disable',
    'post /admin/accounts/:accountId/enable',
    'post /admin/accounts/:accountId/reset-password',
    'post /admin/accounts/:accountId/reset-two-factor',
    'post /api/v1/accounts',
    'post /api/v1/accounts/:accountId/disable',
    'post /api/v1/accounts/:accountId/enable',
    'post /api/v1/accounts/:accountId/reset-password',
    'post /api/v1/accounts/:accountId/reset-two-factor',
    'put /api/v1/accounts/:accountId',
  ),
  // keys of machine clients; what each of them reaches: test/security/api-key-walk.test.ts
  ...part(
    { admin: 'all' },
    'delete /api/v1/api-keys/:keyId',
    'get /admin/api-keys',
    'get /api/v1/api-keys',
    'post /admin/api-keys',
    'post /admin/api-keys/:keyId/replace',
    'post /admin/api-keys/:keyId/revoke',
    'post /api/v1/api-keys',
    'post /api/v1/api-keys/:keyId/replacement',
  ),
  // departments
  ...part(
    { admin: 'all' },
    'delete /api/v1/departments/:code/merge',
    'get /admin/departments',
    'get /admin/departments/:code',
    'get /admin/departments/:code/edit',
    'get /admin/departments/import',
    'get /admin/departments/new',
    'get /api/v1/departments/template.xlsx',
    'post /admin/departments',
    'post /admin/departments/:code/close',
    'post /admin/departments/:code/edit',
    'post /admin/departments/:code/merge',
    'post /admin/departments/:code/rename',
    'post /admin/departments/:code/unmerge',
    'post /api/v1/departments/:code/merge',
    'post /api/v1/departments/:code/rename',
    'post /api/v1/departments/imports',
    'put /api/v1/departments/:code',
  ),
  // the staff register, written
  ...part(
    { admin: 'all' },
    'get /admin/staff/new',
    'post /admin/staff',
    'post /admin/staff/:staffNumber',
    'post /admin/staff/:staffNumber/deactivate',
    'post /api/v1/staff/:staffNumber/deactivate',
    'put /api/v1/staff/:staffNumber',
  ),
  // one department
  ...part({ admin: 'all', office: 'all' }, 'get /api/v1/departments/:code', 'get /office/posters'),
  // the staff register, read
  ...part(
    { admin: 'all', office: 'all' },
    'get /admin/staff',
    'get /admin/staff/:staffNumber',
    'get /api/v1/staff',
    'get /api/v1/staff/:staffNumber',
  ),
  // the working calendar
  ...part(
    { admin: 'all', office: 'all' },
    'get /api/v1/calendar/:year',
    'get /office/calendar',
    'get /office/calendar/:year',
    'post /office/calendar/:year',
    'put /api/v1/calendar/:year',
  ),
  // trial and live operation
  ...part(
    { admin: 'all', office: 'all' },
    'get /api/v1/operation',
    'get /office/operation',
    'post /office/operation',
    'put /api/v1/operation',
  ),
  // discharges
  ...part(
    { admin: 'all', office: 'all' },
    'get /api/v1/discharges/imports/template.csv',
    'post /api/v1/discharges',
    'post /api/v1/discharges/imports',
    'put /api/v1/discharges',
  ),
  // imports
  ...part(
    { admin: 'all', office: 'all' },
    'get /api/v1/department-aliases',
    'get /office/imports/mapping',
    'post /office/imports/mapping',
    'post /office/imports/mapping/:aliasId/remove',
    'put /api/v1/department-aliases',
  ),
  // answers of an older system: to do with answers is the office's
  ...part({ office: 'all' }, 'post /api/v1/survey-responses/imports'),
  // past imports
  ...part({ admin: 'all', office: 'all', 'call-supervisor': 'all' }, 'get /office/imports'),
  // follow-up calls
  ...part(
    { office: 'all', nurse: 'own', caller: 'all', 'call-supervisor': 'all' },
    'delete /api/v1/follow-up-calls/:id/claim',
    'get /api/v1/follow-up-calls',
    'get /worklist',
    'get /worklist/:id',
    'post /api/v1/follow-up-calls/:id/attempts',
    'post /api/v1/follow-up-calls/:id/claim',
    'post /worklist/:id',
    'post /worklist/:id/claim',
    'post /worklist/:id/heartbeat',
    'post /worklist/:id/release',
  ),
  // red flags
  ...part({ 'call-supervisor': 'all', 'duty-doctor': 'all' }, 'get /api/v1/red-flags', 'get /red-flags'),
  ...part(
    { 'duty-doctor': 'all' },
    'get /api/v1/red-flags/:callId/:attemptId/patient',
    'get /red-flags/:callId/:attemptId',
    'post /api/v1/red-flags/:callId/:attemptId/settle',
    'post /api/v1/red-flags/:callId/:attemptId/take',
    'post /red-flags/:callId/:attemptId/settle',
    'post /red-flags/:callId/:attemptId/take',
  ),
  // patients who asked for contact
  ...part(
    { office: 'all' },
    'get /office/contacts',
    'get /office/contacts/:id',
    'post /office/contacts/:id/handled',
  ),
  // erasure on request, persons nobody contacts
  ...part(
    { office: 'all' },
    'delete /api/v1/silences/:dischargeId',
    'get /api/v1/erasures/:id',
    'get /office/erasure',
    'get /office/erasure/receipts/:id',
    'post /api/v1/erasures',
    'post /api/v1/erasures/search',
    'post /api/v1/silences',
    'post /office/erasure',
    'post /office/erasure/person',
    'post /office/erasure/told',
  ),
  ...part({ admin: 'all', office: 'all' }, 'get /admin/retention', 'get /api/v1/retention'),
  // consents
  ...part(
    { office: 'all' },
    'get /api/v1/discharges/:id/consents',
    'get /office/consents',
    'post /api/v1/consents',
    'post /api/v1/discharges/:id/consents',
    'post /office/consents',
    'post /office/consents/record',
    'post /office/consents/told',
  ),
  // words of patients
  ...part(
    { office: 'all' },
    'get /api/v1/comments',
    'get /api/v1/comments/:id',
    'get /office/comments',
    'get /office/comments/:id',
    'post /api/v1/comments/:id/release',
    'post /api/v1/comments/:id/withhold',
    'post /office/comments/:id',
  ),
  // deliveries
  ...part(
    { office: 'all' },
    'get /api/v1/scorecards/:period/deliveries',
    'get /office/deliveries',
    'get /office/deliveries/:period',
  ),
  // sending again
  ...part({ office: 'all' }, 'post /api/v1/deliveries/:id/resend', 'post /office/deliveries/resend'),
  // closing a month
  ...part({ office: 'all' }, 'post /api/v1/scorecards/:period/close', 'post /scorecards/:period/close'),
  // late answers as counts, and revisions
  ...part(
    { office: 'all', director: 'all' },
    'get /api/v1/scorecards/:period/late-answers',
    'get /office/late-answers',
    'get /office/late-answers/:period',
  ),
  ...part(
    { office: 'all' },
    'post /api/v1/scorecards/:period/revisions',
    'post /office/late-answers/:period/revisions',
  ),
  // scorecards
  ...part(
    { office: 'all', director: 'all', head: 'own' },
    'get /api/v1/scorecards/:period',
    'get /scorecards',
  ),
  // the scorecard of a department
  ...part(
    { office: 'all', director: 'all', head: 'own' },
    'get /api/v1/scorecards/:period/:departmentCode',
    'get /api/v1/scorecards/:period/:departmentCode/comments',
    'get /scorecards/:period/:departmentCode',
  ),
]);
