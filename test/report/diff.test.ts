import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fileDiff, phaseDiffs } from '../../lib/report/formats/diff.ts';
import { diffOfLines } from '../../lib/report/formats/line-diff.ts';
import { directoryWith } from '../cli/support/directory.ts';

const git = (cwd: string, input: string, ...args: string[]) =>
  spawnSync('git', ['-c', 'core.autocrlf=false', ...args], { cwd, input, encoding: 'utf8' });

/** The file after `git apply`. */
const applied = (path: string, before: string | undefined, after: string): string => {
  const directory = directoryWith();
  mkdirSync(dirname(join(directory, path)), { recursive: true });
  if (before !== undefined) writeFileSync(join(directory, path), before);
  git(directory, '', 'init', '--quiet');
  const { status, stderr } = git(directory, fileDiff(path, before, after), 'apply', '-');
  expect([status, stderr.replace(/^.*(whitespace|trailing).*$/gm, '').trim()]).toEqual([0, expect.any(String)]);
  return readFileSync(join(directory, path), 'utf8');
};

const commands = (changed: string): string =>
  `a\na\n::stop-commands::x\n\u0085 ::e::\na\n ::error::a\n${changed}\na\na\n\t::error::b\nc\nc\n::c::d\nc\nc\nc\nc\n::f::\nc\n`;

// The runner leaves out white space before it looks for a command. Source: actions/runner, ActionCommand.cs (TryParseV2).
test('no line of a diff is a command of a workflow', () => {
  const diff = fileDiff('main.tf', commands('b'), commands('x'));
  expect(diff.split('\n').filter(line => /^[\s\u0085]*::/.test(line))).toEqual([]);
  expect(diff).not.toContain('::f::');
});

describe('git apply takes', () => {
  test.each([
    ['a change', 'main.tf', 'a\nb\nc\n', 'a\nx\nc\n'],
    ['lines with CRLF', 'main.tf', 'a\r\nb\r\n', 'a\r\nx\r\ny\r\n'],
    ['a file that loses its last newline', 'main.tf', 'a\nb\n', 'a\nb'],
    ['a file that gets its last newline', 'main.tf', 'a\nb', 'a\nb\n'],
    ['two files without a last newline', 'main.tf', 'a\nb\nc', 'a\nx\nc'],
    ['a byte order mark', 'main.tf', '\ufeffa\nb\n', '\ufeffa\nx\n'],
    ['a new file', 'sub/new.tf', undefined, 'a\nb\n'],
    ['a new file without a last newline', 'new.tf', undefined, 'a'],
    ['a file that becomes empty', 'main.tf', 'a\n', ''],
    ['a path with spaces', 'my infra/main file.tf', 'a\n', 'b\n'],
    ['a path that is not ASCII', 'süß/日本.tf', 'a\n', 'b\n'],
    ['a path with a quote, a backslash and a tab', 'a"b\\c\td.tf', 'a\n', 'b\n'],
    ['a new file whose path is not ASCII', 'süß 1.tf', undefined, 'a\n'],
    ['what a workflow takes for commands', 'main.tf', commands('b'), commands('x')],
    ['such a line at the end, without a newline', 'main.tf', 'a\nb\nc\n::d::', 'x\nb\nc\n::d::'],
    ['a form feed and a lone carriage return', 'main.tf', 'a\f\nb\rc\nd\n', 'a\f\nb\rx\nd\n'],
  ] as const)('%s', (_name, path, before, after) => {
    expect(applied(path, before, after)).toBe(after);
  });

  test('any change', () => {
    const line = fc.constantFrom(
      '',
      'a',
      'b',
      'module "x" {',
      '}',
      '  c = 1',
      '-',
      '+',
      '\\',
      '@@ -1 +1 @@',
      '::x',
      ' ::y',
    );
    const text = fc
      .tuple(fc.array(line, { maxLength: 30 }), fc.constantFrom('\n', '\r\n'), fc.boolean())
      .map(([lines, newline, last]) => lines.join(newline) + (last ? newline : ''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        fc.pre(before !== after);
        expect(applied('main.tf', before, after)).toBe(after);
      }),
      { numRuns: 60 },
    );
  });
});

test('a file that stays has no diff', () => {
  expect(fileDiff('main.tf', 'a\n', 'a\n')).toBe('');
});

test('three lines of context, and changes close together in one hunk', () => {
  const lines = Array.from({ length: 30 }, (_, index) => `${index + 1}\n`);
  const changed = lines.map(line => (['5\n', '11\n', '22\n'].includes(line) ? `x${line}` : line));
  expect(fileDiff('main.tf', lines.join(''), changed.join('')).match(/^@@.*$/gm)).toEqual([
    '@@ -2,13 +2,13 @@',
    '@@ -19,7 +19,7 @@',
  ]);
});

test('each phase is diffed against the one before it', () => {
  const source = new Map([
    ['main.tf', 'a\n'],
    ['other.tf', 'o\n'],
  ]);
  const diffs = phaseDiffs(
    source,
    [
      { phase: 'enable-api', files: new Map([['main.tf', 'b\n']]) },
      {
        phase: 'add-access-entries',
        files: new Map([
          ['main.tf', 'b\n'],
          ['new.tf', 'n\n'],
        ]),
      },
    ],
    file => `infra/${file}`,
  );
  expect(diffs.map(({ phase }) => phase)).toEqual(['enable-api', 'add-access-entries']);
  expect(diffs[0]?.text).toMatch(/^-a\n\+b\n$/m);
  expect(diffs[1]?.text).toBe(
    'diff --git a/infra/new.tf b/infra/new.tf\nnew file mode 100644\n--- /dev/null\n+++ b/infra/new.tf\n@@ -0,0 +1,1 @@\n+n\n',
  );
});

test('a large insertion is diffed without a search for the smallest diff', () => {
  const rows = Array.from({ length: 12_000 }, (_, index) => `  row = ${index}`);
  const entries = rows.flatMap((_, index) => [`  e${index} = {`, '    type = "STANDARD"', '  }']);
  const before = ['eks {', '}', 'auth {', '  x = true', ...rows, '}'];
  const after = ['eks {', ...entries, '}', 'auth {', '  x = false', ...rows, '}'];
  const runs: [string, number][] = [];
  for (const { kind } of diffOfLines(before, after)) {
    const last = runs.at(-1);
    if (last?.[0] === kind) last[1]++;
    else runs.push([kind, 1]);
  }
  expect(runs).toEqual([
    [' ', 1],
    ['+', entries.length],
    [' ', 2],
    ['-', 1],
    ['+', 1],
    [' ', rows.length + 1],
  ]);
});

test('both sides can be read from a diff of lines', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', '}'), { maxLength: 400 });
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const changes = diffOfLines(before, after);
      const side = (kind: string): string[] => changes.filter(change => change.kind !== kind).map(({ line }) => line);
      expect([side('+'), side('-')]).toEqual([before, after]);
    }),
  );
});
