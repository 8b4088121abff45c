// Opens the pages of a directory in a browser and checks them: `node page.mjs DIR`. `scripts/page` runs it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import puppeteer from 'puppeteer-core';
import { checks } from './checks.mjs';

const directory = resolve(process.argv[2] ?? assert.fail('expected a directory of pages'));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const browser = await puppeteer.launch({
  executablePath: process.env.FREEHOLD_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--force-color-profile=srgb'],
});

// Opens a page. Errors, and requests for anything but the page, are collected and must stay empty.
const open = async (name, { width = 1280, height = 900, theme = 'light', hash = '', script = true } = {}) => {
  const page = await browser.newPage();
  const faults = [];
  const url = pathToFileURL(`${directory}/${name}.html`).href;
  page.on('console', (message) => {
    if (['error', 'warn'].includes(message.type())) faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('request', (request) => {
    const target = request.url().split('#')[0];
    if (target !== url && !target.startsWith('data:')) faults.push(`request: ${target}`);
  });
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  await page.setJavaScriptEnabled(script);
  await page.setViewport({ width, height });
  await page.emulateMediaFeatures([
    { name: 'prefers-color-scheme', value: theme },
    { name: 'prefers-reduced-motion', value: 'reduce' },
  ]);
  await page.goto(url + hash);
  return { page, faults, url };
};

let failed = 0;
const only = process.argv[3];
for (const [name, check] of Object.entries(checks)) {
  if (only && !name.includes(only)) continue;
  const opened = [];
  const tools = {
    axe,
    directory,
    open: async (...options) => {
      opened.push(await open(...options));
      return opened.at(-1).page;
    },
  };
  const start = performance.now();
  try {
    await check(tools);
    for (const { faults } of opened) assert.deepEqual(faults, [], 'errors or requests of the page');
    console.log(`ok      ${name} (${Math.round(performance.now() - start)} ms)`);
  } catch (error) {
    failed += 1;
    console.error(`FAILED  ${name}\n${error.stack}`);
  }
  for (const { page } of opened) await page.close();
}
await browser.close();
console.log(failed === 0 ? 'all checks passed' : `${failed} checks failed`);
process.exitCode = failed === 0 ? 0 : 1;
