import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as commands from '../../lib/cli/arguments/commands.ts';
import { parse } from '../../lib/cli/arguments/parse.ts';
import { readPlainly } from '../../lib/cli/arguments/plain.ts';
import { readFlags, type Syntax } from '../../lib/cli/arguments/syntax.ts';

const { checkSyntax, convertSyntax, policiesSyntax, statusSyntax, verifyAccessSyntax, verifyPlanSyntax } = commands;

const syntaxes = Object.values(commands).filter((one): one is typeof one & Syntax => 'usage' in one);

const byYargs = async (syntax: Syntax, argv: readonly string[]): Promise<unknown> => {
  const parsed = await parse([syntax], [syntax.name, ...argv], '1.0.0');
  return parsed.kind === 'command' ? readFlags(syntax, parsed.given) : undefined;
};

const plainly = (syntax: Syntax, argv: readonly string[]): unknown => {
  const given = readPlainly(syntax, argv);
  return given && readFlags(syntax, given);
};

/** What is plainly right for a flag, what is not, and what another flag would take. */
const values = [
  '',
  '-',
  '--',
  '1',
  '9',
  'true',
  'a.tf',
  'b',
  'c.json',
  'json',
  'yaml',
  'enable-api',
  'note',
  'aws-cn',
  'v21',
];

/** A word, or a flag and what may be its value. */
const partsOf = ({ options }: Syntax): fc.Arbitrary<readonly string[]> => {
  const flag = fc.constantFrom(
    ...Object.keys(options).map(name => `--${name}`),
    '--help',
    '-h',
    '--Format',
    '--no-such',
  );
  const value = fc.constantFrom(...values);
  return fc.oneof(
    value.map(word => [word]),
    flag.map(word => [word]),
    fc.tuple(flag, value),
    fc.tuple(flag, value).map(([word, given]) => [`${word}=${given}`]),
  );
};

describe.each(syntaxes.map(syntax => [syntax.name, syntax] as const))('a plain command line of %s', (_name, syntax) => {
  test('means what it means to yargs, or is left to it', async () => {
    let count = 0;
    const line = fc.array(partsOf(syntax), { maxLength: 4 }).map(parts => parts.flat());
    await fc.assert(
      fc.asyncProperty(line, async argv => {
        const read = plainly(syntax, argv);
        if (read === undefined) return;
        count++;
        expect(read).toEqual(await byYargs(syntax, argv));
      }),
      { numRuns: 600 },
    );
    expect(count).toBeGreaterThan(10);
  });
});

describe('what needs no yargs', () => {
  test.each([
    [
      checkSyntax,
      'a.tf b/main.tf --min-severity=note --no-color',
      { paths: ['a.tf', 'b/main.tf'], minSeverity: 'note', noColor: true },
    ],
    [checkSyntax, '--format json . --config c.json', { paths: ['.'], format: 'json', config: 'c.json' }],
    [checkSyntax, '--no-color -- --format - true', { paths: ['--format', '-', 'true'], noColor: true }],
    [convertSyntax, '. --write --phase 2', { paths: ['.'], write: true, phase: 'add-access-entries' }],
    [statusSyntax, '. --var-file a.tfvars --var-file=b.tfvars', { paths: ['.'], varFile: ['a.tfvars', 'b.tfvars'] }],
    [verifyPlanSyntax, 'plan.json --phase api-only', { plan: 'plan.json', phase: 'api-only' }],
    [verifyAccessSyntax, '--aws-auth a.yaml --existing e.json', { awsAuth: 'a.yaml', existing: 'e.json' }],
    [policiesSyntax, '', { format: 'pretty' }],
  ] as const)('%#: %s', (syntax: Syntax, line: string, flags: object) => {
    expect(plainly(syntax, line.split(' ').filter(Boolean))).toMatchObject(flags);
  });

  test.each(['', '-', '--', '. --help', '. --format yaml', '. --format'])('"%s" is left to it', line => {
    expect(plainly(checkSyntax, line.split(' '))).toBeUndefined();
  });

  test('two plans, or an argument where none is taken, are left to it', () => {
    expect(plainly(verifyPlanSyntax, ['a.json', 'b.json'])).toBeUndefined();
    expect(plainly(verifyAccessSyntax, ['a.json'])).toBeUndefined();
  });
});
