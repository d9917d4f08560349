import { attribute, quote } from '../../hcl/index.ts';
import { evaluate, knownText, type RootModule, type Value } from '../../terraform/index.ts';
import type { Addressed } from './module-call.ts';
import { instanceOf, repetitionOf } from './repetition.ts';

type Call = Pick<Addressed, 'address' | 'block'>;

/** What stands in an address for what the source does not tell. */
export const gaps = { key: '"<key>"', index: '<index>', call: '<call>' } as const;

/** More instances than a person would name one by one. */
const most = 50;

/** The addresses of the instances of a call; one with a gap in it where the source does not tell them. */
export const instancesOf = (module: RootModule, { address, block }: Call): readonly string[] => {
  const repetition = repetitionOf({ block });
  if (repetition.kind !== 'many') return [instanceOf({ address }, repetition)];
  const given = attribute(block.body, repetition.argument);
  const value = given && evaluate(given.value, module.scope);
  if (repetition.argument === 'count') {
    const count = Number(knownText(value) ?? Number.NaN);
    if (!Number.isInteger(count) || count < 0 || count > most) return [`${address}[${gaps.index}]`];
    return Array.from({ length: count }, (_, index) => `${address}[${index}]`);
  }
  const keys = keysOf(value);
  return (keys ?? [undefined]).map(key => `${address}[${key === undefined ? gaps.key : quote(key)}]`);
};

/** Those of a map, and the members of a set: Terraform refuses any other value. */
const keysOf = (value: Value | undefined): readonly string[] | undefined => {
  const found =
    value?.kind === 'object'
      ? [...value.entries.keys()]
      : value?.kind === 'list' && value.type?.kind === 'set'
        ? value.items.map(item => knownText(item))
        : [];
  const keys = [...new Set(found.filter(key => key !== undefined))];
  return keys.length === 0 || keys.length < found.length || keys.length > most ? undefined : keys;
};
