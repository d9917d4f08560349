import {
  attribute,
  blocks,
  prependToBody,
  replaceValue,
  sourceOf,
  type Attribute,
  type Edit,
} from '../../hcl/index.ts';
import { preventsDestroy, type Mapping } from '../../parser/index.ts';
import type { Writer } from './writer.ts';

/**
 * A resource that writes the ConfigMap itself. It is left without instances, so that what it was can be read until phase 5.
 * Source: developer.hashicorp.com/terraform/language/meta-arguments/count, and .../lifecycle for prevent_destroy.
 */
export const resource: Writer = {
  turnOff: mapping => {
    const { block } = mapping;
    const own = repetitionOf(mapping);
    return [
      own ? turnedOff(mapping, own, none(own)) : prependToBody(block.in, block.body, 'count = 0'),
      ...preventions(mapping).map(found => turnedOff(mapping, found, 'false')),
    ];
  },
  changes: mapping => {
    const own = repetitionOf(mapping);
    const { address } = mapping;
    return [
      `${address}: ${own ? `${own.name} = ${none(own)}` : 'count = 0'}`,
      ...preventions(mapping).map(() => `${address}: prevent_destroy = false`),
    ];
  },
  plan: mapping => [`${planned(mapping)} destroyed: ${goes(mapping)}`],
  addresses: ({ address }) => [`${address}[0]`],
  removal: () => ({ block: true }),
};

const repetitionOf = ({ block }: Mapping): Attribute | undefined =>
  attribute(block.body, 'count') ?? attribute(block.body, 'for_each');

const none = ({ name }: Attribute): string => (name === 'count' ? '0' : '{}');

/** What was there is kept as a comment, so that it can be put back. */
const turnedOff = ({ block }: Mapping, found: Attribute, off: string): Edit =>
  replaceValue(block.in, found, off, `was ${sourceOf(block.in.text, found.value.range).replace(/\s+/g, ' ')}`);

const preventions = ({ block }: Mapping): readonly Attribute[] =>
  preventsDestroy(block)
    ? blocks(block.body, 'lifecycle').flatMap(own => attribute(own.body, 'prevent_destroy') ?? [])
    : [];

/** Terraform moves the one instance of a resource that gets a count to `[0]`, and destroys it there. */
const planned = (mapping: Mapping): string => {
  const { address } = mapping;
  return mapping.repetition.kind === 'many' ? `${address}, every instance,` : `${address}[0]`;
};

const goes = ({ block, resource: writer }: Mapping): string => {
  if (writer?.kind === 'data') return 'the lists it writes are emptied, and the object stays';
  return attribute(block.body, 'apply_only')
    ? 'with apply_only it stays in the cluster, and has to be deleted by hand: kubectl delete configmap aws-auth -n kube-system'
    : 'the object goes, with all its rows';
};
