import {
  appendToBody,
  attribute,
  attributesOf,
  blocks,
  prependToBody,
  replace,
  replaceValue,
  sourceOf,
  type Attribute,
  type Edit,
} from '../../hcl/index.ts';
import { awsAuthArguments, nameOfInstance, preventsDestroy, type Flag, type Mapping } from '../../parser/index.ts';
import type { PlacedAttribute } from '../../terraform/index.ts';

/** How what writes aws-auth is taken out of use, and then out of the source. */
type Writer = {
  /** Phase 3: after these edits Terraform does not write the ConfigMap any more. */
  readonly turnOff: (mapping: Mapping) => readonly Edit[];
  /** The same, one line each, for the report. */
  readonly changes: (mapping: Mapping) => readonly string[];
  /** What the plan of phase 3 must show, one line each. */
  readonly plan: (mapping: Mapping) => readonly string[];
  /** Addresses in the state. */
  readonly addresses: (mapping: Mapping) => readonly string[];
  /** Phase 5: arguments that go, or undefined where the block goes as a whole. */
  readonly leaving: (mapping: Mapping) => readonly PlacedAttribute[] | undefined;
};

/** The address of a resource that a call makes. */
const inCall =
  (mapping: Mapping) =>
  (address: string): string =>
    `${nameOfInstance(mapping, mapping.repetition)}.${address}`;

/** A call of modules/aws-auth of version 20. */
const submodule: Writer = {
  turnOff: mapping => flagsInForce(mapping).map(flag => turnOff(mapping, flag)),
  changes: mapping => flagsInForce(mapping).map(({ name }) => `${mapping.address}: ${name} = false`),
  plan: () => [
    'kubernetes_config_map_v1_data.aws_auth[0] destroyed, where manage_aws_auth_configmap was true',
    'kubernetes_config_map.aws_auth[0] destroyed, where create_aws_auth_configmap was true',
  ],
  addresses: mapping =>
    ['kubernetes_config_map_v1_data.aws_auth[0]', 'kubernetes_config_map.aws_auth[0]'].map(inCall(mapping)),
  leaving: () => undefined,
};

/** Arguments of the eks call itself, as versions 18.20 to 19 have them: both flags are false by default. */
const inline: Writer = {
  ...submodule,
  leaving: ({ block, form }) => {
    const names = awsAuthArguments(form);
    return attributesOf(block.body)
      .filter(({ name }) => names.includes(name))
      .map(argument => ({ ...argument, in: block.in }));
  },
};

/** Arguments of the eks call of version 17, where the flag is true by default and has to stay. */
const inline17: Writer = {
  ...inline,
  plan: () => ['kubernetes_config_map.aws_auth[0] destroyed: the object goes, with all its rows'],
  addresses: mapping => [inCall(mapping)('kubernetes_config_map.aws_auth[0]')],
  leaving: mapping => inline.leaving(mapping)?.filter(({ name }) => name !== mapping.form.manageConfigMap.name),
};

/**
 * A resource that writes the ConfigMap itself. It is left without instances, so that what it was can be read until phase 5.
 * Source: developer.hashicorp.com/terraform/language/meta-arguments/count, and .../lifecycle for prevent_destroy.
 */
const resource: Writer = {
  turnOff: mapping => {
    const { block } = mapping;
    const repetition = repetitionOf(mapping);
    return [
      repetition
        ? keptAsComment(mapping, repetition, none(repetition))
        : prependToBody(block.in, block.body, 'count = 0'),
      ...preventions(mapping).map(found => keptAsComment(mapping, found, 'false')),
    ];
  },
  changes: mapping => {
    const repetition = repetitionOf(mapping);
    return [
      repetition ? `${repetition.name} = ${none(repetition)}` : 'count = 0',
      ...preventions(mapping).map(() => 'prevent_destroy = false'),
    ].map(change => `${mapping.address}: ${change}`);
  },
  // Terraform moves the one instance of a resource that gets a count to `[0]`, and destroys it there.
  plan: mapping => [
    `${mapping.address}${mapping.repetition.kind === 'many' ? ', every instance,' : '[0]'} destroyed: ${goes(mapping)}`,
  ],
  addresses: mapping => [nameOfInstance(mapping, mapping.repetition)],
  leaving: () => undefined,
};

/**
 * A call of eks-auth has no flags, so it is left without instances as well.
 * Source: main.tf of aidanmelen/terraform-aws-eks-auth v1.0.0.
 */
const eksAuth: Writer = {
  ...resource,
  plan: mapping => [
    `${inCall(mapping)('kubernetes_config_map_v1_data.aws_auth[0]')} destroyed, where the cluster has managed node groups or Fargate profiles: the lists it writes are emptied, and the object stays`,
    `${inCall(mapping)('kubernetes_config_map_v1.aws_auth[0]')} destroyed, where it has none: the object goes, with all its rows`,
  ],
  addresses: mapping =>
    ['kubernetes_config_map_v1_data.aws_auth[0]', 'kubernetes_config_map_v1.aws_auth[0]'].map(inCall(mapping)),
};

/** What phases 3 and 5 do to each form. */
const writers: Readonly<Record<Mapping['form']['id'], Writer>> = {
  submodule,
  inline,
  'inline-17': inline17,
  'eks-auth': eksAuth,
  resource,
};

/** Whether it is turned off by `count`, for want of a flag. */
export const isCounted = ({ form }: Mapping): boolean => form.id === 'resource' || form.id === 'eks-auth';

export const writerOf = ({ form }: Mapping): Writer => writers[form.id];

const flagsInForce = ({ createConfigMap, manageConfigMap }: Mapping): readonly Flag[] =>
  [createConfigMap, manageConfigMap].filter(flag => flag !== undefined && flag.value !== false) as readonly Flag[];

const turnOff = (mapping: Mapping, { name, attribute: found, source }: Flag): Edit => {
  const { block } = mapping;
  if (!found) return appendToBody(block.in, block.body, `${name} = false`);
  return source === undefined ? replace(found.value.range, 'false') : keptAsComment(mapping, found, 'false');
};

/** What was there is kept as a comment, so that it can be put back. */
const keptAsComment = ({ block }: Mapping, found: Attribute, off: string): Edit =>
  replaceValue(block.in, found, off, `was ${sourceOf(block.in.text, found.value.range).replace(/\s+/g, ' ')}`);

const repetitionOf = ({ block }: Mapping): Attribute | undefined =>
  attribute(block.body, 'count') ?? attribute(block.body, 'for_each');

const none = ({ name }: Attribute): string => (name === 'count' ? '0' : '{}');

const preventions = ({ block }: Mapping): readonly Attribute[] =>
  preventsDestroy(block)
    ? blocks(block.body, 'lifecycle').flatMap(({ body }) => attribute(body, 'prevent_destroy') ?? [])
    : [];

const goes = ({ block, resource: written }: Mapping): string => {
  if (written?.kind === 'data') return 'the lists it writes are emptied, and the object stays';
  return attribute(block.body, 'apply_only')
    ? 'with apply_only it stays in the cluster, and has to be deleted by hand: kubectl delete configmap aws-auth -n kube-system'
    : 'the object goes, with all its rows';
};
