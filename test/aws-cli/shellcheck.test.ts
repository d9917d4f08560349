import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { convert as convertFiles } from '../../lib/convert.ts';
import { fixturesOf, runtime, themes, type Fixture } from '../support/fixture.ts';
import { awsAuth, convertLive, convertSource, dataOf, eks, role, row } from './support/scripts.ts';

// shellcheck reads every script that we write, whatever is in the rows. CI installs it.

const isThere = spawnSync('shellcheck', ['--version']).error === undefined;
const withShellcheck = isThere ? describe : describe.skip;
const name = isThere ? 'shellcheck' : 'shellcheck, which is not installed here (apt-get install shellcheck)';

const check = (script: string, shell: string): string => {
  const { stdout, stderr, status } = spawnSync('shellcheck', ['--severity=style', `--shell=${shell}`, '-'], {
    input: script,
    encoding: 'utf8',
  });
  return status === 0 ? '' : `${stdout}${stderr}`;
};

const hostile = `it's "a" $(id) \`id\` \\ ’ “ – \u00a0 shellcheck disable=all\r\n# shellcheck source=/dev/null \u2028 \u202e \t é 😀`;

const cases: readonly (readonly [string, () => ReturnType<typeof convertLive>])[] = [
  [
    'rows of all kinds',
    () =>
      convertLive({
        ...dataOf([
          { arn: role('a'), groups: ['system:masters', 'x'] },
          {
            arn: role('n'),
            username: 'system:node:{{EC2PrivateDNSName}}',
            groups: ['system:bootstrappers', 'system:nodes'],
          },
        ]),
        mapUsers: '- userarn: arn:aws:iam::111122223333:user/x\n',
      }),
  ],
  [
    'names that a shell would take apart',
    () =>
      convertLive(dataOf([{ arn: role('a'), username: hostile, groups: [hostile, `'`, '\\', "\\'"] }]), {
        config: { clusterName: 'demo', drop: [{ principal: role('a'), reason: 'x' }] },
      }),
  ],
  [
    'such names in entries',
    () => convertLive(dataOf([{ arn: role('a'), username: hostile, groups: [hostile, `'`, '\\', "\\'"] }])),
  ],
  ['no rows', () => convertLive({})],
  ['a blocked row', () => convertLive({ mapAccounts: '- "444455556666"\n' })],
  ['rows that are not covered', () => convertSource(`${eks}${awsAuth(`[${row('var.x')}]`)}\nvariable "x" {}\n`)],
  ['a call that writes the ConfigMap', () => convertSource(`${eks}${awsAuth(`[${row(`"${role('a')}"`)}]`)}`)],
  [
    'a cluster without a name',
    () => convertSource(`${eks.replace('"demo"', 'var.x')}${awsAuth(`[${row(`"${role('a')}"`)}]`)}\nvariable "x" {}\n`),
  ],
];

/** One of each theme, and every phase there is. */
const gatesOf: readonly (readonly [string, Fixture])[] = themes.flatMap(theme =>
  fixturesOf(theme)
    .slice(0, 1)
    .map(fixture => [`${theme}/${fixture.name}`, fixture] as const),
);

withShellcheck(name, () => {
  test('has nothing to say about the gates of a source with a variable for its environments', async () => {
    const text = `${eks}${awsAuth(`[${row(`"${role('a')}"`)}]`)}`;
    const { gates } = await convertFiles(new Map([['main.tf', text]]), {
      runtime: await runtime(),
      perEnvironment: true,
    });
    expect(check(gates, 'bash')).toBe('');
  });

  test.each(gatesOf)('has nothing to say about the gates of %s', async (_name, { files, options }) => {
    const { gates } = await convertFiles(files, { ...options, runtime: await runtime() });
    expect(gates === '' ? '' : check(gates, 'bash')).toBe('');
  });

  test.each(cases)('has nothing to say about a script for %s', async (_name, convert) => {
    const { scripts, diagnostics, gates } = await convert();
    expect(diagnostics.filter(({ code }) => code === 'TAE028')).toEqual([]);
    expect(scripts.size).toBe(1);
    for (const script of [...scripts.values(), gates]) expect(check(script, 'bash')).toBe('');
  });
});
