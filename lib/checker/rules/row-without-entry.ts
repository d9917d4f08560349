import { diagnose, type Diagnostic } from '../../diagnostics/index.ts';
import type { RowOutcome, Transformed } from '../../transformer/index.ts';
import type { CheckRule } from '../rule.ts';

/**
 * Rows whose principal has no entry yet. One that is blocked for a reason of its own says so already; one that is left to EKS or
 * dropped needs none.
 */
export const rowWithoutEntry: CheckRule = ({ transformed }) =>
  transformed.flatMap(mapping => [
    ...mapping.outcomes.filter(needsEntry).map(({ name, row }) => diagnose('TAE702', { principal: name }, row.origin)),
    ...unreadLists(mapping),
  ]);

const needsEntry = ({ entry, disposition, diagnostics }: RowOutcome): boolean =>
  entry !== undefined || (disposition === 'blocked' && diagnostics.every(({ severity }) => severity !== 'error'));

/** Rows that only a plan knows count as one, until their conversion is in the source. */
const unreadLists = ({ planned }: Transformed): readonly Diagnostic[] =>
  planned === undefined || planned.isWritten
    ? []
    : planned.lists.map(({ argument, source, range }) =>
        diagnose('TAE702', { principal: `${source.replace(/\s+/g, ' ')} in ${argument}` }, range),
      );
