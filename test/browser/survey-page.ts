import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import axe from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openSurveyWorld } from '../survey-responses/survey-world.ts';
import type { SurveyWorld } from '../survey-responses/survey-world.ts';
import { launchBrowser } from '../support/browser.ts';

/** The patients' pages on a real database, served to a real browser. */
export interface SurveySite {
  readonly world: SurveyWorld;
  readonly browser: Browser;
  readonly base: string;
  readonly close: () => Promise<void>;
}

/** Starts the site; close it afterwards. */
export async function openSurveySite(limits?: Parameters<typeof openSurveyWorld>[1]): Promise<SurveySite> {
  const world = await openSurveyWorld(undefined, limits);
  const server: Server = world.app().listen(0);
  const { port } = server.address() as AddressInfo;
  const browser = await launchBrowser();
  return {
    world,
    browser,
    base: `http://127.0.0.1:${port}`,
    close: async () => {
      await browser.close();
      await new Promise((resolve) => server.close(resolve));
      await world.database.drop();
    },
  };
}

/** A phone's page in a context of its own. */
export async function openPhone(
  site: SurveySite,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await site.browser.newContext({ viewport: { width: 375, height: 700 }, ...options });
  return { context, page: await context.newPage() };
}

/** Chooses an option by the words on it, as a finger does. */
export async function tap(page: Page, id: string): Promise<void> {
  await page.locator(`label:has(#${id})`).click();
}

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

/** What axe-core finds wrong with the page, as `rule: element`; the bypass of CSP is the test's own. */
export async function axeFindings(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<AxeResult>('axe.run()');
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`));
}
