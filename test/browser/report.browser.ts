import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { env } from 'node:process';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { directoryWith } from '../cli/support/directory.ts';
import { runHere } from '../cli/support/host.ts';
import { adminRow, rootModule } from '../cli/support/modules.ts';
import { root, temporaryDirectory } from '../package/command.ts';

const isInstalled = existsSync('/usr/bin/chromium');
if (!isInstalled) {
  console.warn('chromium is not installed: pages are NOT opened. On Debian: apt-get install chromium');
}

/** What test/browser/look.mjs prints of a page in one form. */
type Look = {
  readonly page: string;
  readonly colorScheme: string;
  readonly width: number;
  /** What the console and the page said. */
  readonly said: readonly string[];
  /** Requests for anything but the page. */
  readonly others: readonly string[];
  /** Elements that reach over the edge, and how far the page can be scrolled sideways. */
  readonly wide: readonly string[];
  readonly scrolls: number;
  readonly contrast: { readonly ratio: number; readonly text: string };
  readonly firstFocus: string;
  readonly isFocusSeen: boolean;
  /** Folded parts, on the screen and on paper. */
  readonly foldedOnScreen: number;
  readonly folded: number;
  readonly printed: string;
};

const example = (name: string): Readonly<Record<string, string>> => {
  const directory = join(root, 'examples', name, 'before');
  return Object.fromEntries(readdirSync(directory).map(file => [file, readFileSync(join(directory, file), 'utf8')]));
};

/** Rows of every kind, long names, and text that would be markup. */
const twentyRows = Array.from({ length: 20 }, (_, index) => {
  const group = [
    'system:masters',
    'system:nodes-readers',
    `team-${index}-${'long'.repeat(20)}`,
    '<img src=x onerror=alert(1)>',
  ][index % 4];
  return `    # Team ${index} </script><script>console.error(1)</script>
    {
      rolearn  = "arn:aws:iam::111122223333:role/${index % 5 === 0 ? 'a/path/' : ''}team-${index}-${'x'.repeat(index * 2)}"
      username = "team-${index}:{{SessionName}}"
      groups   = ["${group}", "viewers"]
    },
`;
}).join('');

const status = async (directory: string, ...args: readonly string[]): Promise<string> =>
  (await runHere(directory, ['status', ...args, '--format', 'html'])).stdout;

const environments = async (): Promise<string> => {
  const directory = directoryWith({
    'main.tf': rootModule(adminRow),
    'envs/dev.tfvars': 'access_entries_phase = 4\n',
    'envs/prod.tfvars': 'access_entries_phase = 1\n',
  });
  await runHere(directory, ['convert', '.', '--write', '--phase', 'per-environment']);
  return status(directory, '.', '--environments', 'envs/*.tfvars');
};

const fleet = (): Promise<string> =>
  status(
    directoryWith({
      ...Object.fromEntries(
        ['accounts', 'karpenter-cycle', 'quickstart'].flatMap(name =>
          Object.entries(example(name)).map(([file, text]) => [`clusters/${name}/${file}`, text]),
        ),
      ),
      'clusters/broken/main.tf': rootModule().slice(0, 60),
    }),
    '.',
  );

const faulty = `<!doctype html><html lang="en"><title>x</title><main><p style="width: 3000px; color: #ccc">wide</p>
<details><summary>a</summary><p>b</p></details><img src="http://127.0.0.1:9/x.png" alt="x"><script>console.error('said')</script></main></html>`;

const look = (directory: string, pages: Readonly<Record<string, string>>): readonly Look[] => {
  for (const [name, text] of Object.entries(pages)) writeFileSync(join(directory, `${name}.html`), text);
  const files = Object.keys(pages).map(name => join(directory, `${name}.html`));
  const {
    stdout,
    stderr,
    status: exit,
  } = spawnSync(process.execPath, [join(root, 'test/browser/look.mjs'), directory, ...files], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    timeout: 110_000,
  });
  if (exit !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as readonly Look[];
};

(isInstalled ? describe : describe.skip)("a report in Debian's chromium", () => {
  // Screenshots to look at: REPORT_SCREENSHOTS=<directory> npm run test:browser
  const directory = env['REPORT_SCREENSHOTS'] ?? temporaryDirectory();
  let looks: readonly Look[] = [];

  beforeAll(async () => {
    looks = look(directory, {
      quickstart: await status(directoryWith(example('quickstart')), '.', '--sso-region', 'eu-west-1'),
      'twenty-rows': await status(directoryWith({ 'main.tf': rootModule(twentyRows) }), '.'),
      environments: await environments(),
      fleet: await fleet(),
    });
  });

  const named = ({ page, colorScheme, width }: Look): string => `${page} ${colorScheme} ${width}`;
  const withProblem = (hasProblem: (one: Look) => boolean): readonly string[] => looks.filter(hasProblem).map(named);

  test('is opened light and dark, wide and narrow', () => {
    expect(looks.map(named)).toHaveLength(16);
    const pictures = readdirSync(directory).filter(name => name.endsWith('.png'));
    expect(pictures.filter(name => !name.includes('-print')).length).toBe(16);
    for (const name of pictures) expect(statSync(join(directory, name)).size).toBeGreaterThan(10_000);
  });

  test('says nothing in the console, and asks for nothing but itself', () => {
    expect(looks.flatMap(({ said }) => said)).toEqual([]);
    expect(looks.flatMap(({ others }) => others)).toEqual([]);
  });

  test('fits into the window', () => {
    expect(withProblem(({ wide, scrolls }) => wide.length > 0 || scrolls > 0)).toEqual([]);
  });

  // Source: https://www.w3.org/TR/WCAG22/#contrast-minimum
  test('can be read: each text has a contrast of 4.5 at least', () => {
    expect(looks.filter(({ contrast }) => contrast.ratio < 4.5).map(one => [named(one), one.contrast])).toEqual([]);
  });

  test('begins, for a keyboard, with a way to the content that is seen', () => {
    expect(withProblem(({ firstFocus, isFocusSeen }) => firstFocus !== '#content' || !isFocusSeen)).toEqual([]);
  });

  test('prints dark on white, with all that is folded', () => {
    expect(looks.some(({ foldedOnScreen }) => foldedOnScreen > 0)).toBe(true);
    expect(withProblem(({ folded, printed }) => folded > 0 || printed !== 'rgb(255, 255, 255)')).toEqual([]);
  });

  test('what is wrong with a page is seen', () => {
    const [one] = look(temporaryDirectory(), { faulty });
    expect(one?.said).toContain('error: said');
    expect(one?.others).toEqual(['http://127.0.0.1:9/x.png']);
    expect(one?.wide).toHaveLength(1);
    expect(one?.scrolls).toBeGreaterThan(1000);
    expect(one?.contrast.ratio).toBeLessThan(2);
    expect([one?.foldedOnScreen, one?.folded]).toEqual([1, 1]);
    expect(one?.firstFocus).not.toBe('#content');
  });
});
