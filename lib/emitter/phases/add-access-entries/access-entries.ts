import {
  appendToBody,
  indent,
  insertAfter,
  insertBefore,
  setAttribute,
  sourceOf,
  unwrapParentheses,
  type Edit,
  type Expression,
  type HclFile,
  type ObjectExpression,
} from '../../../hcl/index.ts';
import type { Cluster } from '../../../parser/index.ts';
import { lastOfMerge, type AccessEntry } from '../../../transformer/index.ts';
import { condition, printEntry } from '../../print-entry.ts';

/**
 * Adds entries to the `access_entries` argument of a cluster: a new map, more keys in a literal map, or `merge(existing, {...})`.
 * A guarded entry stands in a conditional of its own: with several in one, Terraform wants them to have the same attributes.
 * `more` are further maps, as HCL.
 */
export const addEntries = (
  cluster: Cluster,
  entries: readonly AccessEntry[],
  more: readonly string[] = [],
): readonly Edit[] => {
  const parts = [...mergeParts(entries), ...more];
  if (parts.length === 0) return [];
  const { block } = cluster.call;
  const { argument } = cluster.existing;
  if (!argument) return [appendToBody(block.in, block.body, `access_entries = ${printValue(parts)}`)];
  const existing = unwrapParentheses(argument.value);
  if (existing.kind === 'null' || (existing.kind === 'object' && existing.items.length === 0)) {
    return [setAttribute(block.in, block.body, 'access_entries', printValue(parts))];
  }
  const source = sourceOf(block.in.text, argument.value.range);
  const last = lastOfMerge(existing);
  if (!source.includes('\n')) return [inOneLine(cluster, source, last, parts)];
  if (existing.kind === 'object') return [extendObject(block.in, existing, entries)];
  if (!last) throw new Error('access_entries cannot be extended as it stands');
  return [extendMerge(block.in, last, parts)];
};

const printValue = (parts: readonly string[]): string =>
  parts.some(isConditional) || parts.length > 1
    ? `merge(\n${indent(parts.map(part => `${part},`).join('\n'), 2)}\n)`
    : (parts[0] ?? '{}');

const isConditional = (part: string): boolean => part.endsWith(' : {}');

/** The arguments of `merge`: one map of the entries without a guard, and a conditional for each other. */
const mergeParts = (entries: readonly AccessEntry[]): readonly string[] => {
  const plain = entries.filter(({ guardSource }) => guardSource === undefined);
  const guarded = entries.flatMap(entry =>
    entry.guardSource === undefined ? [] : [{ entry, guard: entry.guardSource }],
  );
  return [
    ...(plain.length === 0 ? [] : [printMap(plain)]),
    ...guarded.map(({ entry, guard }) => `${condition(guard)} ? ${printMap([entry])} : {}`),
  ];
};

const printMap = (entries: readonly AccessEntry[]): string =>
  `{\n${entries.map(entry => indent(printEntry(entry), 2)).join('\n')}\n}`;

/** Puts the entries before the closing brace, as far to the right as the entries there. */
const extendObject = (file: HclFile, object: ObjectExpression, entries: readonly AccessEntry[]): Edit => {
  const lineStart = file.text.lastIndexOf('\n', object.range.end - 1) + 1;
  const first = object.items[0]?.range.start ?? lineStart;
  const firstLine = file.text.lastIndexOf('\n', first - 1) + 1;
  const own = /^[ \t]*/.exec(file.text.slice(firstLine, first))?.[0] ?? '';
  const text = entries.map(entry => `${indent(printEntry(entry), own)}\n`).join('');
  return insertBefore({ file: file.file, start: lineStart, end: lineStart }, text);
};

/** More arguments for a `merge(...)` whose last one has a line of its own. */
const extendMerge = (file: HclFile, last: Expression, parts: readonly string[]): Edit => {
  const own = file.text.slice(file.text.lastIndexOf('\n', last.range.start - 1) + 1, last.range.start);
  return insertAfter(last.range, parts.map(part => `,\n${indent(part, own)}`).join(''));
};

/** An expression of one line becomes the first argument. With conditionals behind it, each argument has a line of its own. */
const inOneLine = ({ call }: Cluster, source: string, last: Expression | undefined, parts: readonly string[]): Edit => {
  const { in: file, body } = call.block;
  if (parts.some(isConditional) || parts.length > 1) {
    const lines = [source, ...parts].map(part => `${part},`).join('\n');
    return setAttribute(file, body, 'access_entries', `merge(\n${indent(lines, 2)}\n)`);
  }
  if (!last) return setAttribute(file, body, 'access_entries', `merge(${source}, ${parts[0]})`);
  const by = /^[ \t]*/.exec(file.text.slice(file.text.lastIndexOf('\n', last.range.start - 1) + 1))?.[0] ?? '';
  return insertAfter(last.range, `, ${indent(parts[0] ?? '', by).slice(by.length)}`);
};
