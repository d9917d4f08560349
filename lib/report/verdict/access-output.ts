import type { AccessResult, GrantedAccess, PrincipalAccess } from '../../verifier/access/verify-access.ts';
import type { Output, Section } from '../output.ts';
import { reportDiagnostics } from '../places.ts';
import type { ReportDiagnostic } from '../report.ts';
import { tableSection } from './table-section.ts';

/**
 * What `verify-access --format json` prints. A versioned contract: fields are added within a version, never changed or removed.
 */
export type AccessReport = {
  version: 1;
  /** Whether everybody keeps access when aws-auth goes. */
  keepsAccess: boolean;
  counts: { keeps: number; loses: number; gains: number; changes: number };
  principals: AccessReportPrincipal[];
  /** The usernames and groups of the rows with what is bound to them; null without --rbac. */
  subjects: { kind: 'User' | 'Group'; name: string; boundBy: string[] }[] | null;
  diagnostics: ReportDiagnostic[];
};

export type AccessReportPrincipal = {
  principal: string;
  verdict: PrincipalAccess['verdict'];
  /** Places in the ConfigMap. */
  rows: string[];
  before: ReportedAccess | null;
  after: (ReportedAccess & { type: string }) | null;
  lost: string[];
  gained: string[];
};

export type ReportedAccess = { username: string; groups: string[]; policies: string[]; admin: boolean | null };

const accessReport = ({ keepsAccess, principals, subjects, diagnostics }: AccessResult): AccessReport => ({
  version: 1,
  keepsAccess,
  counts: countsOf(principals),
  principals: principals.map(({ principal, verdict, rows, before, after, lost, gained }) => ({
    principal,
    verdict,
    rows: [...rows],
    before: before && accessOf(before),
    after: after && { type: after.type, ...accessOf(after) },
    lost: [...lost],
    gained: [...gained],
  })),
  subjects: subjects?.map(({ kind, name, boundBy }) => ({ kind, name, boundBy: [...boundBy] })) ?? null,
  diagnostics: reportDiagnostics(diagnostics, new Map()),
});

const accessOf = ({ username, groups, policies, admin }: GrantedAccess): ReportedAccess => ({
  username,
  groups: [...groups],
  policies: [...policies],
  admin,
});

const countsOf = (principals: readonly PrincipalAccess[]): AccessReport['counts'] => {
  const count = (wanted: PrincipalAccess['verdict']): number =>
    principals.filter(({ verdict }) => verdict === wanted).length;
  return { keeps: count('keeps'), loses: count('loses'), gains: count('gains'), changes: count('changes') };
};

export const accessOutput = (result: AccessResult): Output => {
  const { keepsAccess, read, principals, diagnostics } = result;
  const { keeps, loses, gains, changes } = countsOf(principals);
  const end = keepsAccess ? 'aws-auth can go' : 'aws-auth cannot go yet';
  const counts = `${keeps} keep what they have, ${loses} lose, ${gains} gain, ${changes} change.`;
  return {
    data: accessReport(result),
    findings: diagnostics.map(diagnostic => ({ module: undefined, diagnostic })),
    texts: new Map(),
    headline: read ? `${end}: ${counts}` : 'Access was not compared.',
    verdict: keepsAccess ? 'good' : 'bad',
    sections: read ? sectionsOf(result) : [],
  };
};

const sectionsOf = ({ principals, subjects }: AccessResult): Section[] =>
  [
    tableSection(
      'Principals',
      ['principal', '', 'by aws-auth', 'by its entry'],
      principals.map(({ principal, verdict, before, after }) => [
        principal,
        verdict,
        before === null ? 'nothing' : shown(before),
        after === null ? 'nothing' : shown(after),
      ]),
    ),
    tableSection(
      'What the names of aws-auth are bound to',
      ['kind', 'name', 'bound by'],
      (subjects ?? []).map(({ kind, name, boundBy }) => [kind, name, boundBy.join(', ') || 'nothing']),
    ),
  ].flat();

/** `ops; system:masters`: the username, then groups and policies. */
const shown = ({ username, groups, policies, admin }: GrantedAccess): string =>
  [username || '""', [...groups, ...policies, ...(admin === null ? ['policies unknown'] : [])].join(', ')]
    .filter(part => part !== '')
    .join('; ');
