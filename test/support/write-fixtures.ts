// npm run fixtures -- [--update] [directory…]
// Shows how what `convert` makes of fixtures differs from their expected/, and exits 1 when it does. With --update it writes
// expected/, and what it shows is to be read line by line: an expectation is what should come out, not what came out.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { argv, cwd, stdout } from 'node:process';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { createTwoFilesPatch } from 'diff';
import { convert } from '../../lib/convert.ts';
import { withoutEntriesModule } from './entries-module.ts';
import { readFixture, runtime, summaryOf } from './fixture.ts';

type Texts = Readonly<Record<string, string>>;

/** Without line breaks, as prettier writes an object that fits. */
const inline = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([key, item]) => `${JSON.stringify(key)}: ${inline(item)}`)
    .join(', ')} }`;
};

/** One line per field, and per row. */
const printReport = (report: object): string => {
  const fields = Object.entries(report).map(([key, value]: [string, unknown]) => {
    const rows = key === 'rows' && Array.isArray(value) && value.length > 0 ? value : undefined;
    const text = rows ? `[\n${rows.map(row => `    ${inline(row)}`).join(',\n')}\n  ]` : inline(value);
    return `  ${JSON.stringify(key)}: ${text}`;
  });
  return `{\n${fields.join(',\n')}\n}\n`;
};

/** Every directory with `input/`, at a path or below it. */
const fixturesBelow = (directory: string): readonly string[] =>
  existsSync(path.join(directory, 'input'))
    ? [directory]
    : readdirSync(directory, { withFileTypes: true })
        .filter(entry => entry.isDirectory())
        .map(({ name }) => path.join(directory, name))
        .toSorted()
        .flatMap(fixturesBelow);

const revisionFiles = (revisions: Readonly<Record<string, Texts>>): Texts =>
  Object.fromEntries(
    Object.entries(revisions).flatMap(([phase, files]) =>
      Object.entries(files).map(([file, text]) => [`${phase}/${file}`, text]),
    ),
  );

/** The files of expected/ that are there, and those that should be. A report that says the same is left as it is written. */
const compare = async (directory: string): Promise<{ readonly before: Texts; readonly after: Texts }> => {
  const { files, options, expected } = readFixture(directory);
  const result = await convert(files, { ...options, runtime: await runtime() });
  const revisions = result.revisions.map(({ phase, files: texts }) => [
    phase,
    Object.fromEntries(withoutEntriesModule(texts)),
  ]);
  const report = JSON.parse(JSON.stringify(summaryOf(result))) as object;
  const written = path.join(directory, 'expected/report.json');
  const text = existsSync(written) ? { 'report.json': readFileSync(written, 'utf8') } : {};
  return {
    before: { ...revisionFiles(expected.revisions), ...text },
    after: {
      ...revisionFiles(Object.fromEntries(revisions) as Readonly<Record<string, Texts>>),
      ...(isDeepStrictEqual(report, expected.report) ? text : { 'report.json': printReport(report) }),
    },
  };
};

const write = (file: string, text: string | undefined): void => {
  if (text === undefined) return rmSync(file);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
};

const { values, positionals } = parseArgs({
  args: argv.slice(2),
  options: { update: { type: 'boolean', default: false } },
  allowPositionals: true,
});

let changed = 0;
for (const directory of (positionals.length > 0 ? positionals : ['test/fixtures']).flatMap(fixturesBelow)) {
  const { before, after } = await compare(directory);
  const expected = path.join(directory, 'expected');
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (before[name] === after[name]) continue;
    changed++;
    const file = path.join(expected, name);
    const [from, to] = [
      before[name] === undefined ? '/dev/null' : file,
      after[name] === undefined ? '/dev/null' : file,
    ];
    stdout.write(createTwoFilesPatch(from, to, before[name] ?? '', after[name] ?? '', '', ''));
    if (values.update) write(path.resolve(cwd(), file), after[name]);
  }
}
stdout.write(
  changed === 0
    ? 'Every fixture is as expected.\n'
    : values.update
      ? `${changed} files written. Read each line: is it what should come out?\n`
      : `${changed} files differ. --update writes them.\n`,
);
process.exitCode = changed > 0 && !values.update ? 1 : 0;
