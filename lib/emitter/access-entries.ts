import {
  appendToBody,
  indent,
  insertAfter,
  insertBefore,
  setAttribute,
  sourceOf,
  unwrapParentheses,
  type Edit,
  type HclFile,
  type ObjectExpression,
} from '../hcl/index.ts';
import type { Cluster } from '../parser/index.ts';
import type { AccessEntry } from '../transformer/index.ts';
import { condition, printEntry } from './print-entry.ts';

/**
 * Adds entries to the `access_entries` argument of a cluster: a new map, more keys in a literal map, or `merge(existing, {...})`.
 * A guarded entry stands in a conditional of its own: with several in one, Terraform wants them to have the same attributes.
 */
export const addEntries = (cluster: Cluster, entries: readonly AccessEntry[]): readonly Edit[] => {
  if (entries.length === 0) return [];
  const { block } = cluster.call;
  const { argument } = cluster.existing;
  if (!argument) return [appendToBody(block.in, block.body, `access_entries = ${printValue(entries)}`)];
  const existing = unwrapParentheses(argument.value);
  const guarded = entries.some(({ guardSource }) => guardSource !== undefined);
  if (existing.kind === 'null' || (existing.kind === 'object' && existing.items.length === 0)) {
    return [setAttribute(block.in, block.body, 'access_entries', printValue(entries))];
  }
  if (existing.kind === 'object' && !guarded) {
    if (endsOnOwnLine(block.in, existing)) return [extendObject(block.in, existing, entries)];
  }
  return [wrapInMerge(cluster, entries)];
};

const printValue = (entries: readonly AccessEntry[]): string => {
  const parts = mergeParts(entries);
  const guarded = entries.some(({ guardSource }) => guardSource !== undefined);
  return guarded ? `merge(\n${indent(parts.map(part => `${part},`).join('\n'), 2)}\n)` : (parts[0] ?? '{}');
};

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

const endsOnOwnLine = (file: HclFile, object: ObjectExpression): boolean => {
  const lineStart = file.text.lastIndexOf('\n', object.range.end - 1) + 1;
  return lineStart > object.range.start && file.text.slice(lineStart, object.range.end - 1).trim() === '';
};

/** Puts the entries before the closing brace, as far to the right as the entries there. */
const extendObject = (file: HclFile, object: ObjectExpression, entries: readonly AccessEntry[]): Edit => {
  const lineStart = file.text.lastIndexOf('\n', object.range.end - 1) + 1;
  const first = object.items[0]?.range.start ?? lineStart;
  const firstLine = file.text.lastIndexOf('\n', first - 1) + 1;
  const own = /^[ \t]*/.exec(file.text.slice(firstLine, first))?.[0] ?? '';
  const text = entries.map(entry => `${indent(printEntry(entry), own)}\n`).join('');
  return insertBefore({ file: file.file, start: lineStart, end: lineStart }, text);
};

const wrapInMerge = (cluster: Cluster, entries: readonly AccessEntry[]): Edit => {
  const { block } = cluster.call;
  const { argument } = cluster.existing;
  if (!argument) throw new Error('access_entries is absent');
  const by = indentationOf(block.in, argument.range.start);
  const parts = mergeParts(entries);
  const existing = unwrapParentheses(argument.value);
  const last =
    existing.kind === 'call' && existing.name === 'merge' && !existing.expand ? existing.args.at(-1) : undefined;
  const own = last && ownIndentation(block.in, last.range.start);
  if (last && own !== undefined) return insertAfter(last.range, parts.map(part => `,\n${indent(part, own)}`).join(''));
  if (last && parts.length === 1) return insertAfter(last.range, `, ${indent(parts[0] ?? '', by).slice(by.length)}`);
  const source = sourceOf(block.in.text, argument.value.range).replaceAll(`\n${by}`, '\n');
  const text =
    parts.length === 1
      ? `merge(${source}, ${parts[0]})`
      : `merge(\n${indent([source, ...parts].map(part => `${part},`).join('\n'), 2)}\n)`;
  return setAttribute(block.in, block.body, 'access_entries', text);
};

const indentationOf = (file: HclFile, at: number): string =>
  /^[ \t]*/.exec(file.text.slice(file.text.lastIndexOf('\n', at - 1) + 1))?.[0] ?? '';

/** The indentation of what begins a line; undefined where something stands before it. */
const ownIndentation = (file: HclFile, at: number): string | undefined => {
  const before = file.text.slice(file.text.lastIndexOf('\n', at - 1) + 1, at);
  return before.trim() === '' ? before : undefined;
};
