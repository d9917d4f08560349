import { attribute, sourceOf, type Attribute } from '../../../hcl/index.ts';
import type { PlacedBlock } from '../../../terraform/index.ts';
import { resourceForm } from '../aws-auth-forms.ts';
import type { Flag, Mapping } from '../mapping.ts';
import { addressedResource } from '../../clusters/module-call.ts';
import type { Repetition } from '../../clusters/repetition.ts';
import type { RawResource } from './raw-resource.ts';

/** A resource that writes aws-auth, as all that writes it is looked at. It is off when there are no instances of it. */
export const rawMapping = (resource: RawResource): Mapping => {
  const { block, kind, rows, unread, commentedOut } = resource;
  const off = noInstances(block);
  return {
    form: resourceForm,
    added: [],
    ...addressedResource(block),
    repetition: off ? repetitionWhenOff(off) : resource.repetition,
    version: { kind: 'unknown', reason: 'it is a resource' },
    create: off ? { name: off.name, value: false, attribute: off } : on('count'),
    ...(kind === 'object' || resource.ignoresData ? { createConfigMap: on('data') } : {}),
    manageConfigMap: on('data', !resource.ignoresData),
    rows,
    unread,
    commentedOut,
    resource,
  };
};

const on = (name: string, value = true): Flag => ({ name, value });

/** `count = 0` or `for_each = {}`, as phase 3 writes it. */
const noInstances = (block: PlacedBlock): Attribute | undefined =>
  ['count', 'for_each']
    .flatMap(name => attribute(block.body, name) ?? [])
    .find(({ value }) => {
      const source = sourceOf(block.in.text, value.range).replace(/\s/g, '');
      return ['0', '{}', '[]', 'toset([])'].includes(source);
    });

const repetitionWhenOff = ({ name }: Attribute): Repetition => (name === 'count' ? { kind: 'when' } : { kind: 'once' });
