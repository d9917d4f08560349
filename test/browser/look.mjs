// Opens pages in Debian's chromium and prints, as JSON, what it saw: errors, requests, what is too wide, what print hides.
// Usage: node test/browser/look.mjs <directory for screenshots> <page.html>...
// oxlint-disable unicorn/consistent-function-scoping -- a function that runs in the page has nothing from around it
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { withChromium } from '../../scripts/chromium.mjs';

const [shots, ...pages] = process.argv.slice(2);

/** Elements that reach over the edge of the window, but for what is put out of sight on purpose. */
const wideElements = () =>
  [...document.querySelectorAll('body *')]
    .filter(element => {
      const { left, right, width } = element.getBoundingClientRect();
      return width > 0 && right > document.documentElement.clientWidth + 1 && left > -1;
    })
    .map(({ tagName, className, textContent }) => `${tagName}.${className} ${textContent.slice(0, 40)}`);

/** Folded parts whose content is not shown. */
const foldedParts = () =>
  [...document.querySelectorAll('details')].filter(details => !details.lastElementChild.checkVisibility()).length;

/** The contrast of each text with what is behind it, and the least of them. */
const leastContrast = () => {
  const channels = color => color.match(/[\d.]+/g).map(Number);
  const luminance = ([r, g, b]) =>
    [r, g, b]
      .map(value => value / 255)
      .map(value => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
      .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
  const behind = element => {
    for (let at = element; at; at = at.parentElement) {
      const color = channels(getComputedStyle(at).backgroundColor);
      if (color.length < 4 || color[3] > 0) return color;
    }
    return [255, 255, 255];
  };
  let least = { ratio: 21, text: '' };
  for (const element of document.querySelectorAll('main *')) {
    const text = [...element.childNodes].find(node => node.nodeType === 3 && node.data.trim() !== '')?.data.trim();
    if (text === undefined || !element.checkVisibility()) continue;
    const [a, b] = [channels(getComputedStyle(element).color), behind(element)]
      .map(luminance)
      .toSorted((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < least.ratio) least = { ratio, text: text.slice(0, 40) };
  }
  return least;
};

/** Of a long page no more than a person looks at. */
const picture = async (page, name) => {
  const { width } = page.viewportSize();
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  const clip = { x: 0, y: 0, width, height: Math.min(height, 3000) };
  await page.screenshot({ path: join(shots, name), fullPage: true, clip });
};

const look = async (context, path, colorScheme, width) => {
  const page = await context.newPage();
  const said = [];
  const requests = [];
  page.on('console', message => said.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', error => said.push(`error: ${error.message}`));
  page.on('request', request => requests.push(request.url()));
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme });
  const url = pathToFileURL(path).href;
  await page.goto(url);
  const name = `${basename(path, '.html')}-${colorScheme}-${width}`;
  await picture(page, `${name}.png`);
  const contrast = await page.evaluate(leastContrast);
  const wide = await page.evaluate(wideElements);
  const scrolls = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  await page.keyboard.press('Tab');
  const firstFocus = await page.evaluate(() => document.activeElement?.getAttribute('href') ?? '');
  const isFocusSeen = await page.evaluate(() => {
    const { left, top } = document.activeElement.getBoundingClientRect();
    return left >= 0 && top >= 0 && getComputedStyle(document.activeElement).outlineStyle !== 'none';
  });
  const foldedOnScreen = await page.evaluate(foldedParts);
  await page.emulateMedia({ media: 'print', colorScheme });
  const folded = await page.evaluate(foldedParts);
  if (colorScheme === 'light') await picture(page, `${name}-print.png`);
  const printed = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.close();
  const others = requests.filter(one => one !== url);
  return {
    page: basename(path),
    colorScheme,
    width,
    said,
    others,
    wide,
    scrolls,
    contrast,
    firstFocus,
    isFocusSeen,
    foldedOnScreen,
    folded,
    printed,
  };
};

await withChromium(async context => {
  const seen = [];
  for (const path of pages) {
    for (const colorScheme of ['light', 'dark']) {
      for (const width of [1280, 400]) seen.push(await look(context, path, colorScheme, width));
    }
  }
  process.stdout.write(JSON.stringify(seen));
});
