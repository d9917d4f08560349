import { expect, test } from '@jest/globals';
import { diagnose } from '../../lib/diagnostics/index.ts';
import { reportDiagnostics } from '../../lib/report/places.ts';
import { countRows, emptyReport, type Report, type ReportRow } from '../../lib/report/report.ts';
import { reportSchema } from '../../lib/report/schema.ts';
import { plain } from '../../lib/report/style.ts';
import { moduleOutput, type Outcome } from '../../lib/report/module-output.ts';
import { pretty } from '../../lib/report/formats/pretty.ts';

const row = (more: Partial<ReportRow>): ReportRow => ({
  cluster: 'module.eks',
  list: 'roles',
  index: 0,
  file: 'main.tf',
  line: 3,
  principal: 'arn:aws:iam::111122223333:role/admin',
  disposition: 'converted',
  reason: 'It is an admin',
  codes: [],
  ...more,
});

const rows: ReportRow[] = [
  row({ key: 'admin', type: 'STANDARD', policies: ['AmazonEKSClusterAdminPolicy'], groups: ['ops'] }),
  row({ principal: 'module.karpenter.node_iam_role_arn', key: 'karpenter', type: 'EC2_LINUX', form: 'resource' }),
  row({ principal: 'module.eks.x', disposition: 'left-to-eks', reason: 'EKS makes it', codes: ['TAE406'] }),
  row({ principal: 'u', disposition: 'dropped', reason: 'Dropped in the config' }),
  row({ principal: '111122223333', list: 'accounts', disposition: 'blocked', reason: 'An account', codes: ['TAE317'] }),
];

const report: Report = {
  ...emptyReport(
    reportDiagnostics(
      [diagnose('TAE317', { account: '111122223333', list: 'aws_auth_accounts', isId: true })],
      new Map(),
    ),
  ),
  sourcePhase: 'enable-api',
  counts: countRows(rows),
  rows,
  phases: [
    { number: 1, id: 'enable-api', status: 'done', changes: [], blockedBy: [] },
    { number: 2, id: 'add-access-entries', status: 'ready', changes: ['a', 'b', 'c', 'd'], blockedBy: [] },
    { number: 3, id: 'remove-aws-auth', status: 'blocked', changes: [], blockedBy: ['TAE317'] },
  ],
};

const summary = (of: Report, outcome: Outcome): string =>
  pretty.document(
    { data: of, findings: [], texts: new Map(), ...moduleOutput('infra/prod', of, outcome) },
    { style: plain, pathOf: path => ({ path, outside: false }), version: '1.0.0' },
  );

test('what is there, what it becomes, what is written and what is not', () => {
  const outcome: Outcome = {
    revision: 'written',
    written: ['Written to out: MIGRATION.md.'],
    next: ['Next: read it.'],
  };
  expect(summary(report, outcome))
    .toBe(`infra/prod: the source is at phase enable-api. It is not known whether that is applied.
5 rows: 2 converted, 1 left to EKS, 1 dropped, 1 blocked.

  principal                             result       entry or reason
  arn:aws:iam::111122223333:role/admin  converted    admin: AmazonEKSClusterAdminPolicy, groups ops
  module.karpenter.node_iam_role_arn    converted    karpenter: EC2_LINUX, as resources
  module.eks.x                          left to EKS  EKS makes it (TAE406)
  u                                     dropped      Dropped in the config
  111122223333                          blocked      An account (TAE317)

  1 enable-api          done
  2 add-access-entries  written            a; b; 2 more
  3 remove-aws-auth     blocked by TAE317

Written to out: MIGRATION.md.

Next: read it.
More about TAE317: tf-access-entries explain TAE317
`);
});

test('a revision that is not written is ready', () => {
  expect(summary(report, { revision: 'ready', written: [], next: [] })).toContain('  2 add-access-entries  ready ');
});

test('of many rows only the blocked ones are listed', () => {
  const many = [...Array.from({ length: 100 }, () => rows[0]!), rows[4]!];
  const text = summary(
    { ...report, rows: many, counts: countRows(many) },
    { revision: 'ready', written: [], next: [] },
  );
  expect(text).toContain('101 rows: 100 converted, 0 left to EKS, 0 dropped, 1 blocked.');
  expect(text.match(/role\/admin/g)).toBeNull();
  expect(text).toContain(
    '  111122223333  blocked  An account (TAE317)\n  100 more rows are in the report (--format json).',
  );
  const converted = Array.from({ length: 100 }, () => rows[0]!);
  expect(
    summary({ ...report, rows: converted, counts: countRows(converted) }, { revision: 'ready', written: [], next: [] }),
  ).toContain('\n  100 rows are in the report (--format json).\n');
});

test('one row', () => {
  const one = { ...report, rows: [], counts: countRows([rows[3]!]), sourcePhase: null };
  expect(summary(one, { revision: 'ready', written: [], next: [] })).toContain(
    'infra/prod: migration not started.\n1 row: 0 converted, 0 left to EKS, 1 dropped, 0 blocked.\n',
  );
});

test('the report fits its schema, and a wrong one does not', () => {
  expect(reportSchema.parse(report)).toEqual(report);
  expect(reportSchema.safeParse({ ...report, version: 2 }).success).toBe(false);
  expect(reportSchema.safeParse({ ...report, rows: [{ ...rows[0], disposition: 'lost' }] }).success).toBe(false);
});
