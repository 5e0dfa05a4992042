import { existsSync } from 'node:fs';
import axe from 'axe-core';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * Starts the machine's Chromium (`CHROMIUM_PATH` names another one). Throws one sentence with what to do when there is none.
 */
export async function launchBrowser(): Promise<Browser> {
  const named = process.env['CHROMIUM_PATH'];
  const executablePath = named ?? places.find((place) => existsSync(place));
  if (executablePath === undefined || !existsSync(executablePath)) {
    throw new Error('No Chromium found: run "apt-get install chromium" or set CHROMIUM_PATH to its path.');
  }
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

/**
 * What axe-core finds wrong with the page, as `rule: element`; the context must bypass CSP. `colours: false` leaves out the slow
 * rule about contrast, for a page whose colours were looked at in another language.
 */
export async function accessibilityFaults(
  page: Page,
  { colours }: { readonly colours: boolean },
): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const options = JSON.stringify({
    resultTypes: ['violations'],
    rules: { 'color-contrast': { enabled: colours } },
  });
  const { violations } = await page.evaluate<AxeResult>(`axe.run(${options})`);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`));
}
