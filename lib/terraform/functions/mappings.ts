import { convert } from '../evaluation/convert.ts';
import { sortedEntries } from '../evaluation/order.ts';
import { listOf, mentions, sameType, stringType, typeOf } from '../evaluation/types.ts';
import { giveUp, spend } from '../evaluation/work.ts';
import { errorOf, knownString, stringOf, unknown, type Value } from '../value.ts';
import { anything, anythingOrNull, isMapping, type FunctionTable } from './function.ts';

/** Maps and objects. Source: github.com/zclconf/go-cty, cty/function/stdlib/collection.go. */
export const mappings: FunctionTable = {
  keys: {
    parameters: [anything],
    partial: true,
    call: ([map]) => {
      if (!isMapping(map)) return errorOf('keys takes a map or object');
      const items = sortedEntries(map.entries).map(([name]) => stringOf(name));
      return map.type ? { kind: 'list', items, type: listOf(stringType) } : { kind: 'list', items };
    },
  },
  values: {
    parameters: [anything],
    partial: true,
    call: ([map]) => {
      if (!isMapping(map)) return errorOf('values takes a map or object');
      const items = sortedEntries(map.entries).map(([, value]) => value);
      return map.type ? { kind: 'list', items, type: listOf(map.type.element) } : { kind: 'list', items };
    },
  },
  merge: {
    parameters: [],
    rest: anythingOrNull,
    partial: true,
    call: args => {
      const wrong = args.find(arg => !['map', 'object', 'dynamic'].includes(typeOf(arg).kind));
      if (wrong) return errorOf('merge takes maps and objects');
      const entries = new Map<string, Value>();
      for (const arg of args) {
        if (!isMapping(arg)) continue;
        spend(arg.entries.size);
        for (const [name, value] of arg.entries) entries.set(name, value);
      }
      return mergedAs(args, entries);
    },
  },
  lookup: {
    parameters: [anything, { type: stringType }],
    rest: { ...anythingOrNull, unknown: true },
    partial: true,
    call: ([map, key, ...defaults]) => {
      if (defaults.length > 1) return errorOf('lookup takes two or three arguments');
      if (!isMapping(map)) return errorOf('lookup takes a map');
      const [fallback] = defaults.map(value => (map.type ? convert(value, map.type.element) : value));
      if (fallback?.kind === 'error') return fallback;
      const name = knownString(key);
      if (name === undefined) return unknown;
      return map.entries.get(name) ?? fallback ?? errorOf(`lookup does not find "${name}"`);
    },
  },
};

/** Arguments of one type keep it, others become an object. */
const mergedAs = (args: readonly Value[], entries: ReadonlyMap<string, Value>): Value => {
  const types = args.map(typeOf);
  const [first] = types;
  if (first?.kind !== 'map') return { kind: 'object', entries };
  if (types.every(type => sameType(type, first))) return { kind: 'object', entries, type: first };
  if (types.every(type => type.kind === 'map' && (mentions(type, 'any') || mentions(first, 'any')))) return giveUp();
  return { kind: 'object', entries };
};
