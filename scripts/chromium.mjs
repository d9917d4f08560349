// Debian's chromium, for what opens pages.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Runs something with a browser that has an empty profile, and closes it. */
export const withChromium = async (use, options = {}) => {
  const profile = mkdtempSync(join(tmpdir(), 'tf-access-entries-chromium-'));
  try {
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: '/usr/bin/chromium',
      headless: true,
      args,
      ...options,
    });
    await use(context).finally(() => context.close());
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
};
