import { httpClient } from '../support/http-client.ts';
import type { HttpClient } from '../support/http-client.ts';
import { adminPassword } from '../support/test-service.ts';

/** Who works at the site, by user name. */
const people = {
  office: {
    displayName: '张敏',
    roles: [
      { role: 'office', departments: 'all' },
      { role: 'admin', departments: 'all' },
    ],
  },
  head: { displayName: '王建国', roles: [{ role: 'head', departments: ['internal-medicine'] }] },
  doctor: { displayName: '陈医生', roles: [{ role: 'duty-doctor', departments: 'all' }] },
  ethics: { displayName: '纪明', roles: [{ role: 'ethics', departments: 'all' }] },
  auditor: { displayName: '沈审计', roles: [{ role: 'auditor', departments: 'all' }] },
  nurse: { displayName: '李护士', roles: [{ role: 'nurse', departments: ['surgery', 'obstetrics'] }] },
};

/** Somebody who works at the site. */
export type Person = keyof typeof people;

/** Opens their accounts and what else an administrator makes; their one-time passwords, by user name. */
export async function openAccounts(baseUrl: string): Promise<ReadonlyMap<string, string>> {
  const admin = httpClient(baseUrl);
  await admin.logIn('admin', adminPassword);
  const passwords = new Map<string, string>();
  for (const [username, person] of Object.entries(people)) {
    const answered = await admin.post('/api/v1/accounts', { username, ...person });
    if (answered.status !== 201) throw new Error(`An account was refused: ${answered.text}`);
    passwords.set(username, (answered.json() as { oneTimePassword: string }).oneTimePassword);
  }
  await makeKeys(admin);
  await registerStaff(admin);
  return passwords;
}

/** API keys of two states, for a page that shows them. */
async function makeKeys(admin: HttpClient): Promise<void> {
  const keys = [
    { name: 'HIS 出院推送', scopes: ['discharges:write'] },
    { name: '人事系统', scopes: ['staff:write', 'departments:read'], expiresOn: '2026-11-01' },
  ];
  for (const key of keys) {
    const answered = await admin.post('/api/v1/api-keys', key);
    if (answered.status !== 201) throw new Error(`A key was refused: ${answered.text}`);
  }
}

/** Colleagues in the staff register. */
async function registerStaff(admin: HttpClient): Promise<void> {
  const answered = await admin.put('/api/v1/staff/A-101', {
    name: '周丽华',
    post: 'nurse',
    departmentCode: 'surgery',
    from: '2020-03-01',
  });
  if (answered.status >= 300) throw new Error(`A colleague was refused: ${answered.text}`);
}
