import { expect, test } from '@jest/globals';
import { planReportSchema } from '../../lib/report/command-schemas.ts';
import { awsAuth, entry, phasePlans, planOf, role, row } from '../verifier/plan/support/plan-json.ts';
import { command } from './support/command.ts';
import { directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';

const fitting = planOf(phasePlans['add-access-entries'] ?? []);
const twice = planOf([...(phasePlans['add-access-entries'] ?? []), entry('a|b', role('ops'), 'create')]);
const phase = ['--phase', 'add-access-entries'];
const files = { 'plan.json': fitting, 'twice.json': twice, 'state.json': '{"values":{}}' };

test.each([
  ['plan.json', 0, 'plan.json fits phase add-access-entries.\n', ''],
  ['twice.json', 1, 'twice.json does not fit phase add-access-entries.\n', 'error TAE505: '],
  ['state.json', 3, 'state.json was not judged.\n', 'error TAE020: state.json is no plan in JSON: it is a state'],
  ['none.json', 3, 'none.json was not judged.\n', 'error TAE001: none.json does not exist.'],
  ['.', 3, '. was not judged.\n', 'error TAE002: . cannot be read: it is a directory.'],
])('%s ends with status %d', async (file, status, headline, finding) => {
  const outcome = await runHere(directoryWith(files), ['verify-plan', file, ...phase]);
  expect(outcome.status).toBe(status);
  expect(outcome.stdout.startsWith(headline)).toBe(true);
  expect(outcome.stderr.startsWith(finding)).toBe(true);
  if (finding === '') expect(outcome.stderr).toBe('');
});

test('stdin is read as a file is', async () => {
  const outcome = await runHere(directoryWith(), ['verify-plan', '-', ...phase], { stdin: fitting });
  expect(outcome).toMatchObject({ status: 0, stdout: expect.stringContaining('<stdin> fits phase'), stderr: '' });
});

const utf16 = (text: string, big = false): Uint8Array => {
  const bytes = Buffer.from(text, 'utf16le');
  return big ? bytes.swap16() : bytes;
};

test.each([
  ['UTF-16 with a mark, as of Windows PowerShell', utf16(`\ufeff${fitting}`)],
  ['UTF-16 without a mark', utf16(fitting)],
  ['UTF-16, the other way round', utf16(`\ufeff${fitting}`, true)],
  ['UTF-8 with a mark', Buffer.from(`\ufeff${fitting}`)],
])('%s is read', async (_name, bytes) => {
  expect(await runHere(directoryWith({ p: bytes }), ['verify-plan', 'p', ...phase])).toMatchObject({ status: 0 });
});

test.each([
  [
    'the binary plan',
    Buffer.from('PK\u0003\u0004\u0014\u0000\u0000\u0000'),
    'TAE020: p is no plan in JSON: it is the binary plan',
  ],
  ['bytes', Buffer.from([0x7b, 0xff, 0xff, 0xfe]), 'TAE004: p is not UTF-8 text.'],
])('%s is refused', async (_name, bytes, message) => {
  const outcome = await runHere(directoryWith({ p: bytes }), ['verify-plan', 'p', ...phase]);
  expect(outcome).toMatchObject({ status: 3, stderr: expect.stringContaining(message) });
});

test.each(['plan.json', 'twice.json', 'state.json', 'none.json'])('--format json of %s fits its schema', async file => {
  const { stdout, stderr, status } = await runHere(directoryWith(files), [
    'verify-plan',
    file,
    ...phase,
    '--format',
    'json',
  ]);
  const report = planReportSchema.parse(JSON.parse(stdout));
  expect([stderr, report.fits, report.phase]).toEqual(['', status === 0, 'add-access-entries']);
  expect(report.changes.length > 0).toBe(status !== 3);
});

test('--format github writes annotations, the errors first', async () => {
  const { stdout, status } = await runHere(directoryWith(files), [
    'verify-plan',
    'twice.json',
    ...phase,
    '--format',
    'github',
  ]);
  expect(status).toBe(1);
  const [first = ''] = stdout.split('\n');
  expect(first).toMatch(
    /^::error title=TAE505::module\.eks\.aws_eks_access_entry\.this\["a\|b"\] creates .*%0ATake the key out/,
  );
  expect(stdout.split('\n').at(-2)).toBe('twice.json does not fit phase add-access-entries.');
});

test('--format markdown writes a table that stays one', async () => {
  const { stdout } = await runHere(directoryWith(files), [
    'verify-plan',
    'twice.json',
    ...phase,
    '--format',
    'markdown',
  ]);
  expect(stdout).toMatch(/^### ❌ twice\.json does not fit phase add-access-entries\./);
  expect(stdout).toContain('| `module.eks.aws_eks_access_entry.this["a\\|b"]` | `create` | `expected` |');
  expect(stdout).toContain('- **error** [TAE505](https://');
});

test('--existing and --accept-unverified reach the verdict', async () => {
  const plan = planOf(
    (phasePlans['add-access-entries'] ?? []).filter(({ address }) => !address.includes('break_glass')),
  );
  const entries = [
    { accessEntry: { clusterName: 'demo', principalArn: role('creator'), type: 'STANDARD' } },
    {
      principalArn: role('creator'),
      associatedAccessPolicies: [
        {
          policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
          accessScope: { type: 'cluster', namespaces: [] },
        },
      ],
    },
  ];
  const directory = directoryWith({ 'plan.json': plan, 'entries.json': JSON.stringify(entries) });
  const statusOf = async (...flags: string[]): Promise<number | null> =>
    (await runHere(directory, ['verify-plan', 'plan.json', ...phase, ...flags])).status;
  expect(await statusOf()).toBe(1);
  expect(await statusOf('--existing', 'entries.json')).toBe(0);
  expect(await statusOf('--accept-unverified')).toBe(0);
});

test('the built command judges a plan without loading the parser of HCL', () => {
  const directory = directoryWith(files);
  const outcome = command(directory, ['verify-plan', '-', ...phase], { input: fitting });
  expect(outcome).toMatchObject({ status: 0, stderr: '' });
});

test('who the config drops may lose access; a config that is none is refused', async () => {
  const gone = [...(phasePlans['remove-aws-auth'] ?? []), awsAuth([row('left', 'viewers')], 'delete')];
  const changes = gone.filter(({ address }, index) => gone.findLastIndex(own => own.address === address) === index);
  const directory = directoryWith({
    'plan.json': planOf(changes),
    'drop.json': JSON.stringify({ drop: [{ principal: role('left'), reason: 'the role is gone' }] }),
    'wrong.json': '{ "dorp": [] }',
  });
  const judge = (...args: string[]): ReturnType<typeof runHere> =>
    runHere(directory, ['verify-plan', 'plan.json', '--phase', 'remove-aws-auth', ...args]);
  expect(await judge()).toMatchObject({ status: 1, stderr: expect.stringContaining('TAE503') });
  expect(await judge('--config', 'drop.json')).toMatchObject({ status: 0 });
  expect(await judge('--config', 'wrong.json')).toMatchObject({ status: 2, stderr: expect.stringContaining('TAE102') });
});

test('where a variable of the plan says the phase, none is named', async () => {
  const valued = planOf(phasePlans['add-access-entries'] ?? [], { variables: { access_entries_phase: { value: 2 } } });
  const directory = directoryWith({ 'plan.json': fitting, 'valued.json': valued });
  const told = await runHere(directory, ['verify-plan', 'valued.json']);
  expect(told).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^valued\.json fits phase add-access-entries\./),
  });
  const other = await runHere(directory, ['verify-plan', 'valued.json', '--phase', 'remove-aws-auth']);
  expect([other.status, other.stderr]).toEqual([2, expect.stringContaining('TAE523')]);
  const untold = await runHere(directory, ['verify-plan', 'plan.json']);
  expect([untold.status, untold.stderr]).toEqual([2, expect.stringContaining('TAE112')]);
});
