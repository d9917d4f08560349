import { diagnose } from '../../diagnostics/index.ts';
import { mastersGroup, reservedPrefix } from '../../eks/index.ts';
import { holdsGroup } from '../../parser/index.ts';
import { knownString } from '../../terraform/index.ts';
import { rowsWithEntries } from '../entries.ts';
import type { CheckRule } from '../rule.ts';

/**
 * An entry does not add to its row, it takes its place. Groups without system:masters beside them are said with the row itself.
 * Sources: containers-roadmap issue 185; eksctl, pkg/actions/accessentry/migrator.go (which drops such groups).
 */
export const rowGroups: CheckRule = state =>
  rowsWithEntries(state).flatMap(({ outcome: { row, name, existing }, entry }) => {
    const value = row.groups?.value;
    const groups = value?.kind === 'list' ? value.items.map(knownString) : [];
    if (!groups.includes(mastersGroup) || !existing) return [];
    const missing = groups.filter(
      group => group !== undefined && reservedPrefix(group) === undefined && holdsGroup(existing.entry, group) === 'no',
    );
    if (missing.length === 0) return [];
    const words = `the ${missing.length === 1 ? 'group' : 'groups'} ${missing.join(', ')}`;
    const related = [{ message: 'the entry', range: entry.written.range }];
    return [diagnose('TAE726', { principal: name, groups: words }, row.groups?.range, related)];
  });
