import { parsePrincipalArn } from '../../eks/index.ts';
import { defined } from '../../diagnostics/index.ts';
import { attribute, unwrapParentheses, type Expression, type HclFile } from '../../hcl/index.ts';
import {
  blocksOf,
  evaluate,
  knownString,
  mergedAttribute,
  readsVariable,
  referencesOf,
  type PlacedBlock,
  type RootModule,
  type Value,
} from '../../terraform/index.ts';
import { meaningOf, type Row } from '../aws-auth/row.ts';
import type { WrittenEntry } from '../entries/entry.ts';
import { readArgument } from '../entries/argument-entries.ts';
import type { WrittenEntries } from '../entries/read-entries.ts';
import { fieldAt } from '../expressions/field.ts';
import { identityOf, sameIdentity, type Identity } from '../expressions/identity.ts';
import { allOf } from '../expressions/piece.ts';
import { resolve } from '../expressions/resolve.ts';
import type { CalledCluster } from '../clusters/cluster.ts';
import type { Source } from '../source.ts';
import { entriesIn, variableIn } from './entries-variable.ts';
import { isOffWith, type Given } from './is-off.ts';

export type Beside = NonNullable<WrittenEntries['beside']>;

/** A call of the module at hand, and what its arguments are. */
export type Call = {
  readonly module: RootModule;
  readonly block: PlacedBlock;
  readonly rows: readonly Row[];
  readonly given: Given;
};

/**
 * What comes to the cluster of a call beside the argument that takes its entries: by other variables of the module, and from the module itself.
 * Of an entry that may not be there, or may be changed, the key counts; a principal of a row is said to be known in part then.
 */
export const entriesBeside = (
  { module: called, graph }: Pick<Source, 'module' | 'graph'>,
  { existing }: Pick<CalledCluster, 'existing'>,
  taken: string,
  call: Call,
): Beside => {
  const { module, block, rows, given } = call;
  const isOfRow = (identity: Identity | undefined): boolean =>
    identity !== undefined &&
    rows.some(({ principal }) => principal !== undefined && sameIdentity(identityOf(principal, module), identity));
  const perhaps = (entry: WrittenEntry): Beside => ({
    entries: [withIdentity(entry, undefined)],
    unread: isOfRow(entry.identity) ? [entry.range] : [],
  });
  const { argument } = existing;
  const whole = argument ? handedWhole(called, argument.value, argument.in) : new Set<string>();
  const start = argument ? referencesOf(argument.value) : [];
  const names = new Set(blocksOf(called, 'variable').map(({ labels: [name = ''] }) => name));
  const others = [...names].filter(name => name !== taken && readsVariable(graph, start, one => one === name));
  const ofVariables = others.flatMap(name => {
    const found = attribute(block.body, name);
    if (!found) return [];
    const value = evaluate(found.value, module.scope);
    if (value.kind === 'list') {
      const arns = value.items.map(item => parsePrincipalArn(knownString(item)));
      const isThere = arns.some(arn => arn !== undefined && isOfRow({ kind: 'arn', arn }));
      return isThere ? [{ entries: [], unread: [found.value.range] }] : [];
    }
    if (!mayBeEntries(called, name, value)) return [];
    const read = readArgument(module, { ...found, in: block.in });
    return [
      { entries: [], unread: read.unread },
      ...read.entries.map(entry => (whole.has(name) ? sure(entry) : perhaps(entry))),
    ];
  });
  const ofModule = existing.entries.flatMap(entry => {
    const condition = allOf(entry.conditions);
    const isOff = condition !== undefined && isOffWith({ module: called, graph }, condition, given);
    if (entry.presence === 'never' || isOff) return [];
    const there = withIdentity(entry, identityIn(called, call, entry));
    const isOn =
      condition === undefined
        ? entry.presence === 'certain'
        : isOffWith({ module: called, graph }, `!(${condition})`, given);
    return [isOn ? sure({ ...there, presence: 'certain', conditions: [] }) : perhaps(there)];
  });
  const all = [...ofVariables, ...ofModule];
  return { entries: all.flatMap(({ entries }) => entries), unread: all.flatMap(({ unread }) => unread) };
};

const sure = (entry: WrittenEntry): Beside => ({ entries: [entry], unread: [] });

const withIdentity = (entry: WrittenEntry, identity: Identity | undefined): WrittenEntry => {
  const { identity: _, ...other } = entry;
  return { ...other, ...defined({ identity }) };
};

/** Who an entry of the module is for, as a caller names it. Other names mean another thing there. */
const identityIn = (called: RootModule, { module, block }: Call, entry: WrittenEntry): Identity | undefined => {
  const { identity, principal } = entry;
  if (identity?.kind !== 'source' || !principal) return identity;
  const variable = variableIn(meaningOf(principal).expression);
  if (variable === undefined) return undefined;
  const found = attribute(block.body, variable);
  if (found) return identityOf(fieldAt(module, { expression: found.value, file: block.in }), module);
  const preset = mergedAttribute(blocksOf(called, 'variable', variable), 'default')?.value;
  const arn = parsePrincipalArn(preset && knownString(evaluate(preset, called.scope)));
  return arn && { kind: 'arn', arn };
};

/** Whether it is a map of objects, or may be one. */
const mayBeEntries = (called: RootModule, name: string, value: Value): boolean => {
  if (value.kind === 'object')
    return [...value.entries.values()].every(({ kind }) => ['object', 'unknown'].includes(kind));
  const type = mergedAttribute(blocksOf(called, 'variable', name), 'type')?.value;
  const inner = type && unwrapParentheses(type);
  const isPlain = inner?.kind === 'variable' && inner.name !== 'any';
  const isList = inner?.kind === 'call' && ['list', 'set', 'tuple'].includes(inner.name);
  return value.kind === 'unknown' && !isPlain && !isList;
};

/** The variables of which each entry is in `access_entries`, under its key. */
const handedWhole = (module: RootModule, expression: Expression, file: HclFile): ReadonlySet<string> => {
  const piece = resolve(module, { expression, file });
  const inner = piece.expression;
  if (inner.kind === 'call' && !inner.expand) {
    const parts =
      inner.name === 'merge' ? inner.args : ['coalesce', 'try'].includes(inner.name) ? inner.args.slice(0, 1) : [];
    return new Set(parts.flatMap(part => [...handedWhole(module, part, piece.file)]));
  }
  const { variable, condition } = entriesIn(inner);
  return new Set(variable === undefined || condition ? [] : [variable]);
};
