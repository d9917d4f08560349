import { expect, test } from '@jest/globals';
import { courseOf } from '../../lib/report/page/course.ts';
import { emptyReport, type Report, type ReportPhase, type ReportRow } from '../../lib/report/report.ts';

const ids = ['enable-api', 'add-access-entries', 'remove-aws-auth', 'api-only', 'clean-up'] as const;

const phase = (id: ReportPhase['id'], number: number, status: ReportPhase['status'] = 'ready'): ReportPhase => ({
  number,
  id,
  status,
  changes: [],
  blockedBy: [],
});

const phases = ids.map((id, index) => phase(id, index + 1));

const report = (more: Partial<Report> = {}): Report => ({ ...emptyReport([]), phases, ...more });

const row = (more: Partial<ReportRow>): ReportRow => ({
  cluster: 'module.eks',
  list: 'roles',
  index: 0,
  file: 'main.tf',
  line: 1,
  principal: 'arn:aws:iam::111122223333:role/a',
  disposition: 'converted',
  reason: '',
  codes: [],
  ...more,
});

const entry = { policies: [], whole: true };

const said = (of: ReportRow, within = report()): readonly string[] =>
  courseOf(of, within).map(({ phases: of_, stands }) => `${of_}: ${stands}`);

// The phases and what they do to aws-auth and to entries: docs/how-to/runbook.md.
test('a converted row has its entry from phase 2 on, and is gone from phase 3 on', () => {
  expect(said(row({ entry }))).toEqual([
    'Phase 1: row',
    'Phase 2: row and entry: the entry counts',
    'Phases 3 to 5: entry',
  ]);
});

test('an entry that is there already counts from the beginning', () => {
  const exists = { ...entry, exists: 'the source' };
  expect(said(row({ entry: exists }))).toEqual([
    'Phases 1 to 2: row and entry: the entry counts',
    'Phases 3 to 5: entry',
  ]);
});

test('nothing is said of when EKS makes an entry', () => {
  expect(said(row({ disposition: 'left-to-eks' }))).toEqual([
    'Phases 1 to 2: row, or the entry left to EKS',
    'Phases 3 to 5: the entry left to EKS',
  ]);
});

test('a dropped row has nothing from phase 3 on', () => {
  expect(said(row({ disposition: 'dropped' }))).toEqual(['Phases 1 to 2: row', 'Phases 3 to 5: neither row nor entry']);
});

test('in mode API aws-auth is not looked at', () => {
  const cluster = { module: 'module.eks', file: 'main.tf', moduleVersion: null, mode: 'API', awsAuth: null };
  expect(said(row({ disposition: 'dropped' }), report({ clusters: [cluster] }))).toEqual([
    'Phases 1 to 5: neither row nor entry',
  ]);
});

test('phases that are blocked are not written, for nobody', () => {
  const stopped = phases.map(one => (one.number < 3 ? one : { ...one, status: 'blocked' as const }));
  expect(said(row({ disposition: 'blocked' }), report({ phases: stopped }))).toEqual([
    'Phases 1 to 2: row',
    'Phases 3 to 5: not written',
  ]);
  expect(said(row({ entry }), report({ phases: stopped })).at(-1)).toBe('Phases 3 to 5: not written');
});

test('one revision for several environments stands for phases 1 to 4', () => {
  const clean = phase('clean-up', 5);
  expect(said(row({ entry }), report({ phases: [phase('per-environment', 4), clean] }))).toEqual(said(row({ entry })));
  const exists = { ...entry, exists: 'the source' };
  const written = report({ phases: [phase('per-environment', 4, 'done'), ...phases] });
  expect(said(row({ entry: exists }), written)[0]).toBe('Phase 1: row, unless the entry is older');
});
