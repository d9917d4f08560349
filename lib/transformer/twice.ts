import { diagnose } from '../diagnostics/index.ts';
import { parsePrincipalArn, samePrincipal, type PrincipalArn } from '../eks/index.ts';
import { titleOf } from '../parser/index.ts';
import type { RowOutcome } from './entry.ts';
import type { Transformed } from './transform.ts';

/**
 * Blocks the rows of callers whose principal would get an entry from the module as well: the second one fails with 409. Only ARNs can be
 * compared: a name means one thing in the module, and another in its caller.
 * Source: EKS user guide, creating-access-entries
 */
export const blockTwice = (
  ofModule: readonly Transformed[],
  ofCallers: readonly Transformed[],
): readonly Transformed[] => {
  const own = ofModule.flatMap(({ outcomes }) => outcomes.flatMap(arnOf));
  const isTwice = (outcome: RowOutcome): boolean =>
    arnOf(outcome).some(arn => own.some(other => samePrincipal(arn, other)));
  return ofCallers.map(transformed => {
    const twice = new Set(transformed.outcomes.filter(isTwice));
    if (twice.size === 0) return transformed;
    const gone = new Set([...twice].flatMap(({ entry }) => entry ?? []));
    return {
      ...transformed,
      outcomes: transformed.outcomes.map(outcome => (twice.has(outcome) ? blocked(outcome, transformed) : outcome)),
      entries: transformed.entries.filter(entry => !gone.has(entry)),
    };
  });
};

const arnOf = ({ entry }: RowOutcome): readonly PrincipalArn[] => {
  const arn = parsePrincipalArn(entry?.principalArn);
  return arn ? [arn] : [];
};

const blocked = (given: RowOutcome, { cluster }: Transformed): RowOutcome => {
  const { entry: _, ...outcome } = given;
  const { name, row } = outcome;
  const said = diagnose('TAE273', { principal: name, call: cluster ? titleOf(cluster) : '' }, row.origin);
  return { ...outcome, disposition: 'blocked', reason: said.message, diagnostics: [...outcome.diagnostics, said] };
};
