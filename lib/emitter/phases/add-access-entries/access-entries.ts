import {
  appendArguments,
  appendItem,
  appendToBody,
  hasComments,
  indent,
  indentationAt,
  insertAfter,
  outdent,
  setAttribute,
  sourceOf,
  unwrapParentheses,
  type Edit,
  type Expression,
} from '../../../hcl/index.ts';
import { condition, entriesArgument, type ClusterInSource } from '../../../parser/index.ts';
import { lastOfMerge } from '../../../transformer/index.ts';
import { isBefore } from '../../../terraform/index.ts';
import { printEntry, type PrintedEntry } from '../../print-entry.ts';

/**
 * Adds entries to the `access_entries` argument of a cluster: a new map, more keys in a literal map, or `merge(existing, {...})`.
 * A guarded entry stands in a conditional of its own: with several in one, Terraform wants them to have the same attributes.
 * `more` are further maps, as HCL.
 */
export const addEntries = (
  cluster: ClusterInSource,
  given: readonly PrintedEntry[],
  more: readonly string[] = [],
): readonly Edit[] => {
  const wantsAssociations = !isBefore(cluster.version, '21.0.0') && isBefore(cluster.version, associationsOptional);
  const entries = given.map(entry => ({ ...entry, wantsAssociations }));
  const parts = [...mergeParts(entries), ...more];
  if (parts.length === 0) return [];
  // A conditional alone stands in a merge as well.
  const isMerged = parts.length > 1 || !entries.every(isPlain);
  const value = isMerged ? printMerge(parts) : (parts[0] ?? '{}');
  const { block } = cluster;
  const { argument } = cluster.existing;
  const name = entriesArgument(cluster);
  if (!argument) return [appendToBody(block.in, block.body, `${name} = ${value}`)];
  const existing = unwrapParentheses(argument.value);
  const source = sourceOf(block.in.text, argument.value.range);
  if (existing.kind === 'null' || (existing.kind === 'object' && existing.items.length === 0)) {
    if (!hasComments(block.in, argument.value.range)) return [setAttribute(block.in, block.body, name, value)];
    if (existing.kind === 'object' && entries.every(isPlain) && more.length === 0)
      return appendItem(block.in, existing, printEntries(entries));
    const outer = indentationAt(block.in.text, argument.range.start);
    return [setAttribute(block.in, block.body, name, printMerge([outdent(source, outer), ...parts]))];
  }
  const last = lastOfMerge(existing);
  if (!source.includes('\n'))
    return [
      isMerged
        ? setAttribute(block.in, block.body, name, printMerge([source, ...parts]))
        : inOneLine(cluster, source, last, value),
    ];
  if (existing.kind === 'object') return appendItem(block.in, existing, printEntries(entries));
  if (existing.kind !== 'call') throw new Error('access_entries cannot be extended as it stands');
  return appendArguments(block.in, existing, parts);
};

/** Before it version 21 goes through the policies of each entry. Source: terraform-aws-modules/eks, CHANGELOG.md (21.0.7). */
const associationsOptional = '21.0.7';

const printMerge = (parts: readonly string[]): string =>
  `merge(\n${indent(parts.map(part => `${part},`).join('\n'), 2)}\n)`;

/** The arguments of `merge`: one map of the entries without a guard, and a conditional for each other. */
const mergeParts = (entries: readonly PrintedEntry[]): readonly string[] => {
  const plain = entries.filter(isPlain);
  const guarded = entries.flatMap(entry =>
    entry.guardSource === undefined ? [] : [{ entry, guard: entry.guardSource }],
  );
  return [
    ...(plain.length === 0 ? [] : [printMap(plain)]),
    ...guarded.map(({ entry, guard }) => `${condition(guard)} ? ${printMap([entry])} : {}`),
  ];
};

const printMap = (entries: readonly PrintedEntry[]): string => `{\n${indent(printEntries(entries), 2)}\n}`;

const isPlain = ({ guardSource }: PrintedEntry): boolean => guardSource === undefined;
const printEntries = (entries: readonly PrintedEntry[]): string => entries.map(entry => printEntry(entry)).join('\n');

/** An expression of one line becomes the first argument, and the map the last one. */
const inOneLine = (cluster: ClusterInSource, source: string, last: Expression | undefined, map: string): Edit => {
  const { in: file, body } = cluster.block;
  if (!last) return setAttribute(file, body, entriesArgument(cluster), `merge(${source}, ${map})`);
  const by = /^[ \t]*/.exec(file.text.slice(file.text.lastIndexOf('\n', last.range.start - 1) + 1))?.[0] ?? '';
  return insertAfter(last.range, `, ${indent(map, by).slice(by.length)}`);
};
