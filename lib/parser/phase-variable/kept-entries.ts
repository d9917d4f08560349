import { replace, sourceOf, stringValue, walk, type Edit, type Expression } from '../../hcl/index.ts';

/** The keys that a condition names. */
export const namesIn = (condition: Expression): ReadonlySet<string> => {
  const names = new Set<string>();
  walk(condition, found => {
    if (found.kind === 'tuple') for (const item of found.items) names.add(stringValue(item) ?? '');
  });
  return names;
};

/** Takes entries with other keys out of the maps that are merged. Nobody sees the text, which is read and not written. */
export const withoutNew = (entries: Expression, names: ReadonlySet<string>, text: string): readonly Edit[] => {
  const edits: Edit[] = [];
  walk(entries, found => {
    if (found.kind !== 'object') return true;
    const kept = found.items.filter(({ name }) => name === undefined || names.has(name));
    if (kept.length < found.items.length)
      edits.push(replace(found.range, `{\n${kept.map(({ range }) => sourceOf(text, range)).join('\n')}\n}`));
    return false;
  });
  return edits;
};
