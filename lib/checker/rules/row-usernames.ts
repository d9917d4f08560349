import { diagnose } from '../../diagnostics/index.ts';
import { entryType, valueOr } from '../../parser/index.ts';
import { defaultUsername, parsePrincipalArn, usernameProblem } from '../../eks/index.ts';
import { knownString } from '../../terraform/index.ts';
import { rowsWithEntries } from '../entries.ts';
import type { CheckRule } from '../rule.ts';

/**
 * The username is in the audit log, and bindings of kind User go by it. Where an entry cannot have that of the row there is no
 * choice. Sources: EKS user guide, set-custom-username; containers-roadmap issue 2386.
 */
export const rowUsernames: CheckRule = state =>
  rowsWithEntries(state).flatMap(({ outcome: { row, name }, entry }) => {
    const { written } = entry;
    const rowName = knownString(row.username?.value);
    if (rowName === undefined || usernameProblem(rowName) !== undefined || entryType(entry.written) !== 'STANDARD')
      return [];
    const arn = parsePrincipalArn(knownString(row.principal?.value) ?? '');
    const absent = written.username.kind === 'absent';
    const username = absent ? arn && defaultUsername(arn) : valueOr(written.username, undefined);
    if (username === rowName || (!absent && username === undefined)) return [];
    const said = absent ? `the default one${username === undefined ? '' : ` (${username})`}` : `"${username}"`;
    const related = [{ message: 'the entry', range: written.range }];
    return [diagnose('TAE725', { principal: name, row: rowName, entry: said }, row.username?.range, related)];
  });
