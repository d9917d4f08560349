import type { Code, Diagnostic } from '../../diagnostics/index.ts';
import type { Finding } from '../output.ts';

/** What says that a root module has no cluster. */
export const withoutCluster: readonly Code[] = ['TAE007', 'TAE008'];

/** What says where rows of aws-auth are that `convert` does not rewrite there. */
export const rowsElsewhere: readonly Code[] = ['TAE755', 'TAE775'];

export const errorsOf = (module: string, findings: readonly Finding[]): readonly Diagnostic[] =>
  findings
    .filter(finding => finding.module === module && finding.diagnostic.severity === 'error')
    .map(({ diagnostic }) => diagnostic);

/** Why a root module is not judged. Where its rows are says more than that it has no cluster. */
export const reasonsOf = (module: string, findings: readonly Finding[]): readonly Diagnostic[] => {
  const errors = errorsOf(module, findings);
  const others = errors.filter(({ code }) => !withoutCluster.includes(code));
  if (others.length === errors.length) return errors;
  const rows = findings.filter(one => one.module === module && rowsElsewhere.includes(one.diagnostic.code));
  return rows.length > 0 ? [...rows.map(({ diagnostic }) => diagnostic), ...others] : errors;
};
