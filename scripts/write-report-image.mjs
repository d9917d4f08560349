// Writes docs/images/report.png: the first rows of the quickstart's report, as Debian's chromium shows it.
// Usage: npm run generate:report-image
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { withChromium } from './chromium.mjs';

const root = new URL('..', import.meta.url);
const target = fileURLToPath(new URL('docs/images/report.png', root));

await mkdir(new URL('docs/images/', root), { recursive: true });
await withChromium(
  async context => {
    const page = await context.newPage();
    await page.goto(new URL('examples/quickstart/after/report.html', root).href);
    const [top, bottom] = await page.evaluate(() => [
      document.querySelector('#report-who').getBoundingClientRect().top,
      document.querySelectorAll('.who tbody tr')[2].getBoundingClientRect().bottom,
    ]);
    const clip = { x: 36, y: top - 24, width: 1208, height: bottom - top + 24 };
    await page.screenshot({ path: target, fullPage: true, clip });
  },
  { viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
);
