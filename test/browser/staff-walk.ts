import type { BrowserContextOptions, Page } from 'playwright-core';
import type { Locale } from '../../src/shared/localized-text.ts';
import { codeAt } from '../accounts/authenticator.ts';
import type { StaffSite } from './staff-site.ts';

/** What the campaign office can open. */
export const officePages = [
  '/home',
  '/account',
  '/account/password',
  '/account/two-factor',
  '/admin/accounts',
  '/admin/accounts?role=nurse&state=active',
  '/admin/accounts/new',
  '/admin/api-keys',
  '/admin/departments',
  '/admin/departments/import',
  '/admin/departments/new',
  '/admin/departments/surgery',
  '/admin/departments/surgery/edit',
  '/admin/staff',
  '/admin/staff?all=true&text=A-1',
  '/admin/staff/new',
  '/admin/staff/A-101',
  '/scorecards',
  '/scorecards?period=2026-10',
  '/scorecards/2026-09/internal-medicine',
  '/scorecards/2026-09/surgery',
  '/scorecards/2026-09/obstetrics',
  '/scorecards/2026-09/paediatrics',
  '/scorecards/2026-09/canteen',
  '/scorecards/2026-09/hospital',
  '/scorecards/2026-08/pharmacy',
  '/scorecards/2026-10/internal-medicine',
  '/scorecards?period=2026-Q3',
  '/scorecards/2026-Q3/internal-medicine',
  '/office/calendar',
  '/office/calendar/2027',
  '/office/operation',
  '/office/imports',
  '/office/imports/mapping',
  '/office/late-answers',
  '/office/late-answers/2026-09',
  '/office/posters?department=surgery',
  '/paper?department=surgery',
  '/office/contacts',
  '/office/deliveries/2026-09',
  '/office/deliveries/2026-10',
  '/office/comments',
  '/office/consents',
  '/office/comments?period=2026-09&state=released',
  '/office/erasure',
  '/admin/retention',
  '/worklist?state=open',
  '/worklist?state=closed',
] as const;

const inLanguage = (path: string, locale: Locale): string =>
  `${path}${path.includes('?') ? '&' : '?'}lang=${locale}`;

type Look = (page: Page, name: string) => Promise<void>;

async function walkStranger(site: StaffSite, page: Page, locale: Locale, look: Look): Promise<void> {
  await page.goto(inLanguage(`${site.base}/login`, locale));
  await look(page, 'login');
  await page.fill('#username', 'nobody');
  await page.fill('#password', 'not the password');
  await page.click('.button-wide');
  await page.waitForSelector('.error-summary');
  await look(page, 'login refused');
  await page.goto(inLanguage(`${site.base}/nowhere`, locale));
  await look(page, 'not found');
  await page.goto(inLanguage(`${site.mailboxBase}/mailbox`, locale));
  await look(page, 'mailbox');
  await page.locator('main a[href^="/mailbox/"]').first().click();
  await page.waitForSelector('.mail-text');
  await look(page, 'mail');
}

/** Takes a call, saves it without the answer that must be given, gives the call back. */
async function walkNurse(page: Page, locale: Locale, look: Look): Promise<void> {
  await page.goto(inLanguage('/scorecards', locale));
  await look(page, 'forbidden');
  await page.goto(inLanguage('/worklist', locale));
  await look(page, 'worklist');
  await page.locator('.call-take').first().click();
  await page.waitForSelector('#attempt');
  await look(page, 'call');
  await page.locator('label[for=disposition-complete]').click();
  await page.locator('.call-save').click();
  await page.waitForSelector('.error-summary');
  await look(page, 'call with a fault');
  await page.locator('form[action$="/release"] button').click();
  await page.waitForURL(/notice=released/);
  await look(page, 'worklist after giving back');
}

/** Opens what a patient who wants to be called back left. */
async function walkContact(page: Page, locale: Locale, look: Look): Promise<void> {
  await page.goto(inLanguage('/office/contacts', locale));
  await page.locator('main a[href^="/office/contacts/"]').first().click();
  await page.waitForURL('**/office/contacts/*');
  await look(page, 'contact');
}

/** Opens what a patient wrote, and withholds it without a reason. */
async function walkComment(page: Page, locale: Locale, look: Look): Promise<void> {
  await page.goto(inLanguage('/office/comments?period=2026-09', locale));
  await page.locator('main a[href^="/office/comments/"]').first().click();
  await page.waitForSelector('.comment-sides');
  await look(page, 'comment');
  await page.locator('button[value=withhold]').click();
  await page.waitForSelector('.error-summary');
  await look(page, 'comment with a fault');
}

/** Sets two-factor login up, meets the second step of a login, and turns it off again with a recovery code. */
async function walkTwoFactor(site: StaffSite, page: Page, locale: Locale, look: Look): Promise<void> {
  const password = site.passwordOf('head');
  await page.goto(inLanguage('/account/two-factor', locale));
  await page.click('.button-wide');
  await page.waitForSelector('.qr');
  await look(page, 'two-factor set-up');
  const secret = (await page.locator('.secret').innerText()).replaceAll(' ', '');
  await page.fill('#code', codeAt(secret, site.clock.now()));
  await page.fill('#password', password);
  await page.click('form[aria-labelledby=step-2] button');
  await page.waitForSelector('.recovery-codes');
  await look(page, 'two-factor on');
  const [recoveryCode = '', another = ''] = await page.locator('.recovery-codes li').allInnerTexts();
  await page.click('form[action="/switch-person"] button');
  await page.fill('#username', 'head');
  await page.fill('#password', password);
  await page.click('.button-wide');
  await page.waitForSelector('#code');
  await look(page, 'second step');
  await page.locator('summary').click();
  await page.fill('#recoveryCode', recoveryCode);
  await page.click('.button-wide');
  await page.waitForURL('**/scorecards');
  await page.goto(inLanguage('/account/two-factor', locale));
  await page.fill('#password', password);
  await page.fill('#code', '000000');
  await page.click('button[formaction]');
  await page.waitForSelector('.error-summary');
  await look(page, 'two-factor refused');
  await page.fill('#password', password);
  await page.fill('#recoveryCode', another);
  await page.click('button[formaction]');
  await page.waitForSelector('form[action$="/set-up"]');
}

/** Takes a red flag on, or goes on with it, and saves it without saying what came of it. */
async function walkDoctor(page: Page, locale: Locale, look: Look): Promise<void> {
  await page.goto(inLanguage('/red-flags', locale));
  await look(page, 'red flags');
  await page.locator('.call-row .button').first().click();
  await page.waitForSelector('input[name=outcome]');
  await look(page, 'red flag');
  await page.locator('main form .button-primary').click();
  await page.waitForSelector('.error-summary');
  await look(page, 'red flag with a fault');
}

/** Each walk erases a patient of its own. */
let erased = 0;

/** Looks for a patient by number, presses erase without saying why, then says it. */
async function walkErasure(page: Page, locale: Locale, look: Look): Promise<void> {
  await page.goto(inLanguage('/office/erasure', locale));
  await page.fill('#phone', `138 0013 80${String(10 + (erased += 1))}`);
  await page.locator('form[action="/office/erasure"] button').click();
  await page.waitForSelector('#askedBy');
  await look(page, 'erasure found');
  await page.locator('input[name=dischargeIds]').first().check();
  await page.locator('button[value=erase]').click();
  await page.waitForSelector('.error-summary');
  await look(page, 'erasure with a fault');
  await page.selectOption('#askedBy', 'patient');
  await page.selectOption('#reason', 'request');
  await page.locator('input[name=understood]').check();
  await page.locator('button[value=erase]').click();
  await page.waitForURL('**/office/erasure/receipts/*');
  await look(page, 'erasure receipt');
}

/** Saves the page of an account that somebody else has changed since. */
async function walkOutdated(page: Page, locale: Locale, look: Look): Promise<void> {
  await page.goto(inLanguage('/admin/accounts?text=head', locale));
  await page.locator('main a[href^="/admin/accounts/"]', { hasText: '王建国' }).first().click();
  await page.waitForSelector('#displayName');
  await look(page, 'account');
  await page.evaluate('document.querySelector("input[name=version]").value = "1000"');
  await page.locator('form:has(input[name=version]) .button-primary').click();
  await page.waitForSelector('.error-summary');
  await look(page, 'account changed by another');
}

/** Who reads what nobody else may: the audit trail, and what is said of 红包. */
async function walkReaders(
  site: StaffSite,
  { locale, options }: { readonly locale: Locale; readonly options: BrowserContextOptions },
  look: Look,
): Promise<void> {
  for (const [who, path] of [
    ['auditor', '/audit'],
    ['ethics', '/confidential-answers'],
  ] as const) {
    const context = await site.openAs(who, options);
    const page = await context.newPage();
    await page.goto(inLanguage(path, locale));
    await look(page, path);
    await context.close();
  }
}

/** Opens every page a member of staff can see, in one language, and looks at each. */
export async function walkStaffPages(
  site: StaffSite,
  how: { readonly locale: Locale; readonly options: BrowserContextOptions },
  look: Look,
): Promise<void> {
  const { locale, options } = how;
  const stranger = await site.browser.newContext(options);
  await walkStranger(site, await stranger.newPage(), locale, look);
  await stranger.close();
  const office = await site.openAs('office', options);
  const page = await office.newPage();
  for (const path of officePages) {
    const opened = await page.goto(inLanguage(path, locale));
    if (opened?.status() !== 200) throw new Error(`${path} answers ${String(opened?.status())}.`);
    await look(page, path);
  }
  await walkContact(page, locale, look);
  await walkComment(page, locale, look);
  await walkErasure(page, locale, look);
  await walkOutdated(page, locale, look);
  await office.close();
  const head = await site.openAs('head', options);
  await walkTwoFactor(site, await head.newPage(), locale, look);
  await head.close();
  await walkReaders(site, { locale, options }, look);
  const nurse = await site.openAs('nurse', options);
  await walkNurse(await nurse.newPage(), locale, look);
  await nurse.close();
  const doctor = await site.openAs('doctor', options);
  await walkDoctor(await doctor.newPage(), locale, look);
  await doctor.close();
}
