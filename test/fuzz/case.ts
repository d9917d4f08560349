import fc from 'fast-check';
import { hclString, hostileValues } from '../hostile/values.ts';
import { fixturesOf, themes, type Fixture } from '../support/fixture.ts';
import { nativePaths, oddities, withOddities, type Accepts, type Oddities } from '../support/odd-trivia.ts';

/** Values of other kinds than the string they stand for. */
const expressions = [
  'null',
  '(null)',
  'true',
  '5',
  '[]',
  '{}',
  '""',
  'local.missing',
  'var.missing',
  '"${var.missing}"',
  'var.a ? "x" : null',
  'try(local.missing, "x")',
  'one([])',
  '[for x in [] : x]',
  'each.key',
  'file("missing")',
  '<<-EOT\n  x\n  EOT\n',
];

/** A quoted string of a file, by its number, gets a hostile value, an expression, or a hostile value behind what it says. */
type HostileString = {
  readonly file: number;
  readonly at: number;
  readonly value: number;
  readonly behind: boolean;
};

/** A fixture and what is done to it; JSON, so that a failure can be run again. */
export type FuzzCase = {
  readonly fixture: string;
  readonly oddities: Oddities;
  readonly hostile: readonly HostileString[];
};

export const fixtures: ReadonlyMap<string, Fixture> = new Map(
  themes.flatMap(theme => fixturesOf(theme)).map(fixture => [`${fixture.theme}/${fixture.name}`, fixture]),
);

const hostileString: fc.Arbitrary<HostileString> = fc.record({
  file: fc.nat(20),
  at: fc.nat(10_000),
  value: fc.nat(hostileValues.length + expressions.length - 1),
  behind: fc.boolean(),
});

/** One case in three has hostile values. */
export const fuzzCase: fc.Arbitrary<FuzzCase> = fc.record({
  fixture: fc.constantFrom(...fixtures.keys()),
  oddities,
  hostile: fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(hostileString, { minLength: 1, maxLength: 4 }) },
  ),
});

export type FuzzedFiles = {
  readonly files: ReadonlyMap<string, string>;
  /** Of each comment that was put in. */
  readonly marks: readonly string[];
  readonly isHostile: boolean;
};

/** The files of a case. What HashiCorp's parser does not take is left out, one mutation at a time. */
export const filesOf = async (
  { fixture, oddities: odd, hostile }: FuzzCase,
  accepts: Accepts,
): Promise<FuzzedFiles> => {
  const known = fixtures.get(fixture);
  if (known === undefined) throw new Error(`no fixture ${fixture}`);
  const injected = await withHostileStrings(known.files, hostile, accepts);
  const { files, marks } = await withOddities(injected, odd, accepts);
  return { files, marks, isHostile: injected !== known.files };
};

/** Outside of the labels of a block, which Terraform wants to be identifiers. */
const quoted = /(?<!^(?:module|resource|data|variable|output|provider)\b[^\n]*)"(?:[^"\\\n$%]|\\.)*"/gm;

const withHostileStrings = async (
  files: ReadonlyMap<string, string>,
  hostile: readonly HostileString[],
  accepts: Accepts,
): Promise<ReadonlyMap<string, string>> => {
  const paths = nativePaths(files);
  let result = files;
  for (const { file, at, value, behind } of hostile) {
    const path = paths[file % Math.max(paths.length, 1)] ?? '';
    const text = result.get(path) ?? '';
    const strings = [...text.matchAll(quoted)];
    const chosen = strings[at % Math.max(strings.length, 1)];
    if (chosen === undefined) continue;
    const [said] = chosen;
    const put = hclString(hostileValues[value] ?? '');
    const expression = expressions[value - hostileValues.length];
    const replacement = expression ?? (behind ? `${said.slice(0, -1)}${put.slice(1)}` : put);
    const changed = text.slice(0, chosen.index) + replacement + text.slice(chosen.index + said.length);
    if (await accepts(path, changed)) result = new Map([...result, [path, changed]]);
  }
  return result;
};
