import type { Range } from '../../diagnostics/index.ts';
import type { Body } from '../../hcl/index.ts';
import { isInForce, type Mapping, type Source } from '../../parser/index.ts';
import { addressOf, blockAddress, blockTitle, referencesOf } from '../../terraform/index.ts';

/**
 * Who refers to attributes of a resource that writes aws-auth: with a count of 0 there are none. To wait for it is to wait for
 * nothing. Source: developer.hashicorp.com/terraform/language/meta-arguments/count.
 */
export const instanceUses = (
  mapping: Mapping,
  { module }: Source,
): readonly { readonly range: Range; readonly words: string }[] => {
  const { address } = mapping;
  if (!mapping.resource || isInForce(mapping) === false) return [];
  return module.blocks
    .filter(({ type, labels }) => type !== 'moved' && type !== 'removed' && blockAddress(type, labels) !== address)
    .flatMap(({ type, labels, body }) => {
      const words = blockTitle({ type, labels });
      return uses(body, address).map(range => ({ range, words }));
    });
};

const uses = (body: Body, address: string): readonly Range[] =>
  body.items.flatMap(item => {
    if (item.kind === 'block') return uses(item.body, address);
    if (item.name === 'depends_on') return [];
    return referencesOf(item.value)
      .filter(reference => addressOf(reference) === address)
      .map(({ range }) => range);
  });
