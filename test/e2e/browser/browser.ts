import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const places = [
  process.env['PERENNIAL_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const executablePath = places.find((place) => place !== undefined && existsSync(place));
const required = process.env['PERENNIAL_BROWSER'] === 'required';

/** Without Chromium the browser tests are left out, unless they were asked for: then opening one fails. */
export const noBrowser = executablePath === undefined && !required;
if (noBrowser)
  console.warn('skipped: browser tests need Chromium (apt-get install chromium, or PERENNIAL_CHROMIUM=/path)');

export const openBrowser = (): Promise<Browser> => {
  if (executablePath === undefined)
    throw new Error(`PERENNIAL_BROWSER=required, but Chromium is at none of: ${places.join(' ')}`);
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
};
