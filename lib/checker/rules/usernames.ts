import { diagnose } from '../../diagnostics/index.ts';
import { entryType, valueOr } from '../../parser/index.ts';
import { usernameRefusal } from '../../eks/index.ts';
import { entriesOf, placeOfField } from '../entries.ts';
import type { CheckRule } from '../rule.ts';

/** Reserved prefixes, and a session's name without a colon before it. Source: EKS user guide, set-custom-username. */
export const usernames: CheckRule = state =>
  entriesOf(state).flatMap(entry => {
    const { written, name } = entry;
    const type = entryType(entry.written);
    const username = valueOr(written.username, undefined);
    if (username === undefined || (type !== undefined && type !== 'STANDARD')) return [];
    const problem = usernameRefusal(username);
    if (problem === undefined) return [];
    return [diagnose('TAE707', { entry: name, username, problem }, placeOfField(written.object, 'user_name'))];
  });
