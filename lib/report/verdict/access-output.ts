import type { z } from 'zod';
import type { Immutable } from '../../diagnostics/index.ts';
import type { AccessResult, GrantedAccess, PrincipalAccess } from '../../verifier/access/verify-access.ts';
import type { accessReportSchema } from '../command-schemas.ts';
import { tableSection, type Output, type Section } from '../output.ts';
import { reportDiagnostics } from '../places.ts';

type AccessReport = Immutable<z.infer<typeof accessReportSchema>>;

const accessReport = ({ keepsAccess, principals, subjects, diagnostics }: AccessResult): AccessReport => ({
  version: 1,
  keepsAccess,
  counts: countsOf(principals),
  principals,
  subjects: subjects ?? null,
  diagnostics: reportDiagnostics(diagnostics, new Map()),
});

const countsOf = (principals: readonly PrincipalAccess[]): AccessReport['counts'] => {
  const count = (wanted: PrincipalAccess['verdict']): number =>
    principals.filter(({ verdict }) => verdict === wanted).length;
  return { keeps: count('keeps'), loses: count('loses'), gains: count('gains'), changes: count('changes') };
};

export const accessOutput = (result: AccessResult): Output => {
  const { keepsAccess, read, mayCount, principals, diagnostics } = result;
  const { keeps, loses, gains, changes } = countsOf(principals);
  const unless = mayCount.length === 0 ? '' : ` if EKS does not read ${mayCount.join(', ')} (TAE606)`;
  const end = keepsAccess ? `aws-auth can go${unless}` : 'aws-auth cannot go yet';
  // Who changes may lose, too: then a finding says so of them.
  const losing = principals.filter(({ verdict, lost }) => verdict === 'changes' && lost.length > 0).length;
  const ofThese = losing === 0 ? '' : `, of which ${losing} lose and gain`;
  const counts = `${keeps} keep what they have, ${loses} lose, ${gains} gain, ${changes} change${ofThese}.`;
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
