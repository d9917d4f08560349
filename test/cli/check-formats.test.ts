import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';
import { adminRow, blockedRow, rootModule } from './support/modules.ts';

type Region = { startLine: number; startColumn: number; endLine: number; endColumn: number };
type Location = { physicalLocation: { artifactLocation: { uri: string; uriBaseId?: string }; region?: Region } };
type Result = { ruleId: string; ruleIndex: number; level: string; message: { text: string }; locations: Location[] };
type Log = { version: string; runs: [{ tool: { driver: { rules: { id: string }[] } }; results: Result[] }] };

type Schema = Parameters<typeof z.fromJSONSchema>[0];

let schema: z.ZodType;
beforeAll(() => {
  const text = readFileSync(new URL('../vendor/sarif-2.1.0-rtm.5.json', import.meta.url), 'utf8');
  // zod takes these for absolute URIs, and SARIF for any.
  schema = z.fromJSONSchema(JSON.parse(text.replaceAll('"format": "uri-reference"', '"minLength": 1')) as Schema);
});

const printed = async (directory: string, ...args: string[]): Promise<string> =>
  (await runHere(directory, ['check', ...args])).stdout;

const sarifOf = async (directory: string, ...args: string[]): Promise<Log> => {
  const log = JSON.parse(await printed(directory, ...args, '--format', 'sarif')) as Log;
  expect(schema.safeParse(log).error).toBeUndefined();
  return log;
};

const places = ({ runs: [{ results }] }: Log): string[] =>
  results.map(({ locations: [first] }) => {
    const { artifactLocation, region } = first?.physicalLocation ?? { artifactLocation: { uri: '' } };
    const at = region && `${region.startLine}:${region.startColumn}-${region.endLine}:${region.endColumn}`;
    return [artifactLocation.uriBaseId, artifactLocation.uri, at].join(' ');
  });

describe('sarif', () => {
  test('fits the schema, with each rule once and errors first', async () => {
    const log = await sarifOf(directoryWith({ 'main.tf': rootModule(adminRow + blockedRow) }), '.');
    const [{ tool, results }] = log.runs;
    expect(tool.driver.rules.map(({ id }) => id)).toEqual(['TAE314', 'TAE701', 'TAE702']);
    expect(results.map(({ ruleId, ruleIndex, level }) => [ruleId, ruleIndex, level])).toEqual([
      ['TAE314', 0, 'error'],
      ['TAE701', 1, 'warning'],
      ['TAE702', 2, 'warning'],
    ]);
    expect(places(log)[1]).toBe('%SRCROOT% main.tf 8:1-8:18');
  });

  test('a clean run fits the schema, also of files of no interest', async () => {
    const log = await sarifOf(directoryWith({ 'main.tf': 'variable "x" {}\n' }), '.');
    expect(log.runs[0]).toMatchObject({ results: [], tool: { driver: { rules: [] } } });
  });

  test('paths count from the root of the repository and are encoded', async () => {
    const directory = directoryWith({ 'infra/a b/ü#1:x%.tf': rootModule(), 'infra/run/.keep': '' });
    mkdirSync(join(directory, '.git'));
    const log = await sarifOf(join(directory, 'infra/run'), '../a b');
    expect(places(log)[0]).toBe('%SRCROOT% infra/a%20b/%C3%BC%231%3Ax%25.tf 8:1-8:18');
  });

  test('a file outside of the repository has an address of its own', async () => {
    const directory = directoryWith({ 'repository/main.tf': '', 'else where/main.tf': rootModule() });
    mkdirSync(join(directory, 'repository/.git'));
    const log = await sarifOf(join(directory, 'repository'), '../else where');
    expect(places(log)[0]).toBe(` file://${encodeURI(directory)}/else%20where/main.tf 8:1-8:18`);
  });

  test('columns are UTF-16 code units, without a byte order mark; CRLF is no column', async () => {
    const late = adminRow.replace('    {', '    /* 😀 */ {');
    const log = await sarifOf(directoryWith({ 'main.tf': `\ufeff${rootModule(late).replaceAll('\n', '\r\n')}` }), '.');
    expect(places(log)[1]).toBe('%SRCROOT% main.tf 15:14-19:6');
  });

  test('what has no place in a file is said of its directory', async () => {
    const log = await sarifOf(directoryWith({ 'a/main.tf': Buffer.from([0xff]) }), 'a', 'nowhere');
    expect(places(log)).toEqual(['%SRCROOT% a ', '%SRCROOT% nowhere ']);
  });

  test('a fault in the baseline has a place', async () => {
    const files = { 'main.tf': rootModule(), 'baseline.json': '{\n  "version": 1,\n}' };
    expect(places(await sarifOf(directoryWith(files), '.', '--baseline', 'baseline.json'))).toEqual([
      '%SRCROOT% baseline.json 3:1-3:1',
    ]);
  });

  test.each([
    ['another level', (result: Result) => (result.level = 'fatal')],
    [
      'no line',
      (result: Result) => Object.assign(result.locations[0]?.physicalLocation.region ?? {}, { startLine: 0 }),
    ],
    ['no message', (result: Result) => Reflect.deleteProperty(result, 'message')],
    ['a member that is not known', (result: Result) => Object.assign(result, { line: 1 })],
  ])('the schema refuses %s', async (_what, harm) => {
    const log = await sarifOf(directoryWith({ 'main.tf': rootModule() }), '.');
    harm(log.runs[0].results[0] as Result);
    expect(schema.safeParse(log).success).toBe(false);
  });
});

describe('github', () => {
  test('annotations, the errors first, then a summary', async () => {
    const directory = directoryWith({ 'infra/main.tf': rootModule(adminRow + blockedRow) });
    mkdirSync(join(directory, '.git'));
    const lines = (await printed(join(directory, 'infra'), '.', '--format', 'github')).trimEnd().split('\n');
    expect(lines.map(line => /^::(\w+) file=([^,]+),line=(\d+)/.exec(line)?.slice(1, 4))).toEqual([
      ['error', 'infra/main.tf', '23'],
      ['warning', 'infra/main.tf', '8'],
      ['warning', 'infra/main.tf', '15'],
      undefined,
    ]);
    expect(lines[1]).toContain(',col=1,endColumn=18,title=TAE701::module.aws_auth writes');
    expect(lines[2]).not.toContain('col=');
    expect(lines.at(-1)).toMatch(/^1 error, 2 warnings in 1 module\./);
  });

  test('names and texts cannot end the command early', async () => {
    const odd = adminRow.replaceAll('role/admin', 'role/a%0Ab::error::');
    const directory = directoryWith({ 'a,b:c/main.tf': rootModule(odd) });
    const text = await printed(directory, '.', '--format', 'github');
    expect(text).toContain('file=a%2Cb%3Ac/main.tf,');
    expect(text).toContain('role/a%250Ab::error::');
    expect(text.split('\n').filter(line => line.startsWith('::error'))).toHaveLength(
      text.match(/^::error /gm)?.length ?? 0,
    );
  });

  test('more than GitHub shows are all in the log, and it says so', async () => {
    const rows = Array.from({ length: 12 }, (_, index) => adminRow.replaceAll('admin"', `team-${index}"`)).join('');
    const text = await printed(directoryWith({ 'main.tf': rootModule(rows) }), '.', '--format', 'github');
    expect(text.match(/^::warning /gm)).toHaveLength(13);
    expect(text).toMatch(/\nGitHub shows 10 annotations of each kind for a step; [^\n]*\n$/);
  });
});

describe('markdown', () => {
  test('a list that shows what it says', async () => {
    const text = await printed(
      directoryWith({ 'main.tf': rootModule(adminRow + blockedRow) }),
      '.',
      '--format',
      'markdown',
    );
    expect(text).toMatch(/^### ❌ 1 error, 2 warnings in 1 module\./);
    expect(text).toContain('- **warning** [TAE701](https://');
    expect(text).toContain('TAE701.md) `main.tf:8`: module.aws_auth writes');
  });

  test('a clean run is a line', async () => {
    const text = await printed(directoryWith({ 'main.tf': '' }), '.', '--format', 'markdown');
    expect(text).toBe('### ✅ No findings in 1 module.\n');
  });

  test('fits into a comment of GitHub', async () => {
    const rows = Array.from({ length: 900 }, (_, index) => adminRow.replaceAll('admin"', `team-${index}"`)).join('');
    const text = await printed(directoryWith({ 'main.tf': rootModule(rows) }), '.', '--format', 'markdown');
    expect(text.length).toBeLessThan(65_536);
    const [, left = '0'] = /\n- and (\d+) more\n$/.exec(text) ?? [];
    expect((text.match(/^- \*\*/gm)?.length ?? 0) + Number(left)).toBe(901);
  });
});

test('every format ends with the same status', async () => {
  const directory = directoryWith({ 'main.tf': rootModule(), 'ok/main.tf': '' });
  writeFileSync(join(directory, 'broken.tf'), '');
  for (const format of ['pretty', 'json', 'sarif', 'github', 'markdown']) {
    const outcome = await runHere(directory, ['check', '.', '--format', format]);
    expect([format, outcome.status, outcome.stderr]).toEqual([format, 1, '']);
    expect((await runHere(directory, ['check', 'ok', '--format', format])).status).toBe(0);
  }
});
