import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { Interrupted } from '../../lib/cli/interrupt.ts';
import { contentOf, directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';
import { rootModule } from './support/modules.ts';

const files = { 'main.tf': rootModule(), 'other/main.tf': rootModule() };

test.each([
  [
    '',
    'TAE101: Name a command: convert, status, check, verify-plan, verify-access, import-blocks, policies or explain.',
  ],
  ['plan', 'TAE101: Unknown argument: plan.'],
  ['convert', 'TAE101: convert needs a path.'],
  ['status', 'TAE101: status needs a path.'],
  ['verify-plan', 'TAE101: verify-plan needs a plan.'],
  ['explain', 'TAE101: explain needs a code.'],
  ['status . -', 'TAE101: stdin (-) is a root module of its own: give one path.'],
  ['status . other --existing x', 'TAE101: --existing is the snapshot of one root module: give one.'],
  ['convert . --emit script', 'Argument: emit, Given: "script", Choices: "module", "resources", "aws-cli"'],
  ['convert . --emit aws-cli --write', 'TAE101: --emit aws-cli writes a script and changes no file'],
  ['convert . --emit aws-cli --write --phase enable-api', 'TAE101: --emit aws-cli writes a script and changes no file'],
  ['convert . --emit aws-cli --diff', 'TAE101: --emit aws-cli writes a script and changes no file'],
  ['convert - --emit aws-cli --phase enable-api', 'TAE101: --emit aws-cli stages a script'],
  ['convert . --emit aws-cli --phase enable-api', 'TAE101: --phase goes with --write, --diff or -.'],
  ['convert . --emit aws-cli --cluster-creator-admin', 'TAE101: --cluster-creator-admin sets an argument'],
  [
    'convert . --emit aws-cli --to v21',
    'TAE101: --to v21 moves the module in the source, and --emit aws-cli changes none.',
  ],
  [
    'convert . --emit aws-cli --entries-module a/aws-auth-entries',
    'TAE101: --entries-module names a module of the source',
  ],
  ['status . --emit aws-cli --to v21', 'TAE101: --to v21 moves the module in the source'],
  [
    'status . --emit aws-cli --per-environment',
    'TAE101: --per-environment puts the phase into a variable of the source',
  ],
  ['import-blocks . --emit aws-cli', 'Argument: emit, Given: "aws-cli"'],
  ['convert . --no-write', 'TAE101: Unknown argument: no-write.'],
  ['convert . --ssoRegion eu-west-1', 'TAE101: Unknown argument: ssoRegion.'],
  ['convert . -w', 'TAE101: Unknown argument: w.'],
  ['status . --quiet', 'TAE101: Unknown argument: quiet.'],
  ['status . --write', 'TAE101: Unknown argument: write.'],
  ['convert . --out', 'TAE101: Not enough arguments following: out.'],
  ['convert . --out=', 'TAE101: --out is empty.'],
  ['convert . --out a --out b', 'TAE101: --out is given twice.'],
  [
    'convert . --format yaml',
    'TAE101: Invalid values: Argument: format, Given: "yaml", Choices: "pretty", "json", "sarif",',
  ],
  ['convert . --write --phase phase-2', 'TAE101: Invalid values: Argument: phase, Given: "phase-2", Choices: '],
  ['convert . --write', 'TAE106: --write changes files in place, one phase at a time, and no phase was named.'],
  ['convert . --phase api-only', 'TAE101: --phase goes with --write, --diff or -. Staging writes every phase.'],
  ['convert . --write --phase upgrade-to-v21', 'TAE101: --phase upgrade-to-v21 goes with --to v21.'],
  ['convert . --diff --phase upgrade-to-v21', 'TAE101: --phase upgrade-to-v21 goes with --to v21.'],
  ['convert . --write --phase 9', '"per-environment", "0", "1", "2", "3", "4", "5", "6".'],
  ['verify-plan x --phase 9', '"per-environment", "0", "1", "2", "3", "4", "5", "6".'],
  ['convert . --to v22', 'TAE101: Invalid values: Argument: to, Given: "v22", Choices: "v21".'],
  ['import-blocks . --to v21', 'TAE101: Unknown argument: to.'],
  ['convert . --accept-unverified', 'TAE101: --accept-unverified goes with --write.'],
  ['convert . --write --diff --phase api-only', 'TAE101: --write changes files and --diff does not'],
  ['convert . --write --phase api-only --out x', 'TAE101: --out names where revisions are staged'],
  ['convert . --diff --out x', 'TAE101: --out names where revisions are staged'],
  ['convert . --diff --format json', 'TAE101: stdout can hold the report or the revision'],
  ['convert . --diff --format markdown', 'TAE101: stdout can hold the report or the revision: --format markdown goes'],
  ['convert . other', 'TAE101: Several paths go with --write only.'],
  ['convert . other --write --phase enable-api --format json', 'TAE101: --format json reports one root module'],
  ['convert -', 'TAE101: stdin (-) prints one revision: name it with --phase.'],
  ['convert - --write --phase enable-api', 'TAE101: stdin (-) cannot be written in place'],
  ['convert - --phase enable-api --out x', 'TAE101: stdin (-) is printed, not staged'],
  ['convert - --phase enable-api --format json', 'TAE101: stdout can hold the report or the revision'],
  ['convert . --sso-region Frankfurt', 'TAE101: --sso-region takes a region such as eu-central-1, and "Frankfurt"'],
  ['convert . --runner terraform', 'TAE101: --runner takes the ARN of an IAM role or user, and "terraform" is none.'],
  ['status . --runner arn:aws:sts::111122223333:assumed-role/a/b', 'TAE101: --runner takes the ARN of an IAM role'],
  ['convert . other --write --phase enable-api --aws-auth a', 'TAE101: --aws-auth is the ConfigMap of one cluster'],
  ['convert - --phase enable-api --aws-auth -', 'TAE101: stdin (-) holds one input: name a file for the other.'],
  ['status - --aws-auth -', 'TAE101: stdin (-) holds one input: name a file for the other.'],
  ['convert . --aws-auth', 'TAE101: Not enough arguments following: aws-auth.'],
  ['import-blocks . --aws-auth a', 'TAE101: Unknown argument: aws-auth.'],
  ['status . --aws-auth=', 'TAE101: --aws-auth is empty.'],
  [
    'verify-plan plan.json --phase phase-2',
    'TAE101: Invalid values: Argument: phase, Given: "phase-2", Choices: "split-',
  ],
  ['verify-plan plan.json --phase api-only --format yaml', 'TAE101: Invalid values: Argument: format, Given: "yaml"'],
  ['verify-plan plan.json --phase api-only --quiet', 'TAE101: Unknown argument: quiet.'],
  ['verify-plan plan.json other.json --phase api-only', 'TAE101: Unknown argument: other.json.'],
  ['verify-plan - --existing - --phase api-only', 'TAE101: stdin (-) holds one input: name a file for the other.'],
  ['verify-access', 'TAE113: verify-access compares two things, and --aws-auth is missing.'],
  ['verify-access --aws-auth a.yaml', 'TAE113: verify-access compares two things, and --existing is missing.'],
  ['verify-access --aws-auth - --existing -', 'TAE101: stdin (-) holds one input: name files for the others.'],
  ['verify-access a.yaml --aws-auth a.yaml --existing b', 'TAE101: Unknown argument: a.yaml.'],
  ['verify-access --aws-auth a.yaml --existing b --strict', 'TAE101: Unknown argument: strict.'],
  ['import-blocks', 'TAE101: import-blocks needs a path.'],
  [
    'import-blocks .',
    'TAE114: import-blocks puts the name of the cluster and the live entries into blocks, and --cluster',
  ],
  ['import-blocks . --cluster-name a', 'TAE114: import-blocks puts the name of the cluster and the live entries into'],
  ['import-blocks . --existing a', 'TAE114: import-blocks puts the name of the cluster and the live entries into'],
  ['import-blocks . --existing a --cluster-name $CLUSTER', 'TAE101: --cluster-name takes the name of a cluster, and'],
  ['import-blocks . --existing a --cluster-name a --module-address eks', 'TAE101: --module-address takes an address'],
  ['import-blocks . --existing a --cluster-name a --module-address module.a.', 'TAE101: --module-address takes an'],
  ['import-blocks . --existing a --cluster-name a --runner x', 'TAE101: --runner takes the ARN of an IAM role or user'],
  ['import-blocks . --existing a --cluster-name a --var-file x', 'TAE101: Unknown argument: var-file.'],
  ['import-blocks . --existing a --cluster-name a --out x', 'TAE101: Unknown argument: out.'],
  ['import-blocks . other --existing a --cluster-name a', 'TAE101: Unknown argument: other.'],
  ['explain TAE999', 'TAE107: There is no code TAE999.'],
  ['explain toString', 'TAE107: There is no code toString.'],
])('"%s" is wrong usage', async (line, message) => {
  const directory = directoryWith(files);
  const before = contentOf(directory);
  const { status, stdout, stderr } = await runHere(directory, line.split(' ').filter(Boolean));
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain(message);
  expect(contentOf(directory)).toEqual(before);
});

test.each(['convert', 'status', 'check', 'verify-plan', 'import-blocks', 'explain'])(
  'what stands behind -- is no flag of %s',
  async name => {
    const directory = directoryWith(files);
    const flags: Readonly<Record<string, readonly string[]>> = {
      'verify-plan': ['--phase', 'enable-api'],
      'import-blocks': ['--cluster-name', 'a', '--existing', 'b'],
    };
    const given = flags[name] ?? [];
    const { status, stdout, stderr } = await runHere(directory, [name, ...given, '--', '--phase']);
    expect(`${stdout}${stderr}`).toMatch(name === 'explain' ? /There is no code --phase/ : /--phase does not exist/);
    expect(status).toBe(name === 'explain' ? 2 : 3);
  },
);

test('-- before paths that are plain, and among several', async () => {
  const directory = directoryWith({ '-a.tf': '', 'b/main.tf': rootModule() });
  expect(await runHere(directory, ['check', '--', '-a.tf'])).toMatchObject({ status: 0, stderr: '' });
  expect(await runHere(join(directory, 'b'), ['status', '--format', 'json', '--', '.'])).toMatchObject({ status: 0 });
  expect(await runHere(directory, ['check', 'b', '--', '-a.tf', '--'])).toMatchObject({
    status: 3,
    stdout: expect.stringContaining('-- does not exist'),
  });
});

test('an empty path is not the current directory', async () => {
  expect(await runHere(directoryWith(files), ['status', ''])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('TAE101: An argument is empty.'),
  });
});

test.each([
  ['--help'],
  ['convert', '--help'],
  ['status', '--help'],
  ['verify-plan', '--help'],
  ['verify-access', '--help'],
  ['explain', '--help'],
])('%s %s', async (...args) => {
  const { status, stdout, stderr } = await runHere(directoryWith(), args);
  expect([status, stderr]).toEqual([0, '']);
  expect(stdout).toContain('tf-access-entries');
});

test('the help of convert names what is built and nothing else', async () => {
  const { stdout } = await runHere(directoryWith(), ['convert', '--help']);
  const flags =
    '--accept-unverified --all-or-none --aws-auth --cluster-creator-admin --commit --config --diff --emit --entries-module --environments --existing --format --help --no-color --out --per-environment';
  expect([...new Set(stdout.match(/--[a-z-]+/g))].toSorted().join(' ')).toBe(
    `${flags} --phase --quiet --runner --sso-region --to --var-file --version --where-due --write`,
  );
});

test('--version', async () => {
  expect((await runHere(directoryWith(), ['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('explain prints the page, whatever the case of the code', async () => {
  const page = await runHere(directoryWith(), ['explain', 'tae317']);
  expect(page).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('TAE317') });
});

const interrupted = async (): Promise<never> => {
  throw new Interrupted('SIGINT');
};

test('a signal before anything is written ends the run with its status', async () => {
  expect(await runHere(directoryWith(files), ['convert', '.'], { pipeline: interrupted })).toEqual({
    status: 130,
    stdout: '',
    stderr: 'SIGINT: nothing was written\n',
  });
});
