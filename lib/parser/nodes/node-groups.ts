import type { Range } from '../../diagnostics/index.ts';
import { attribute, quote } from '../../hcl/index.ts';
import { evaluate, knownString, type PlacedBlock, type RootModule } from '../../terraform/index.ts';
import { fieldAt } from '../expressions/field.ts';
import { resolve } from '../expressions/resolve.ts';
import type { Addressed, ModuleCall } from '../clusters/module-call.ts';
import type { Field } from '../aws-auth/row.ts';
import { fieldsOf, objectOf, type WrittenField, type WrittenObject } from '../expressions/written-object.ts';

/** Nodes that share a role: a group, a Fargate profile, or what Karpenter launches. */
export type NodeGroup = {
  readonly kind: 'managed' | 'self-managed' | 'fargate' | 'karpenter';
  /** How messages name it. */
  readonly words: string;
  readonly range: Range;
  /** Who makes the access entry of its role; undefined where an expression decides. */
  readonly entryBy?: 'eks' | 'module' | 'nobody';
  /** The role it is given; absent where it makes one of its own, or an expression decides. */
  readonly role?: Field;
  /** Absent where the source does not tell. */
  readonly system?: 'linux' | 'windows';
  /** Its nodes have an image that EKS does not know. */
  readonly ownImage: boolean;
};

type Kind = {
  readonly kind: NodeGroup['kind'];
  readonly argument?: string;
  readonly submodule: string;
  /** The flag that makes a role, and the argument that gives one. */
  readonly makesRole: string;
  readonly role: string;
};

/**
 * `create_iam_instance_profile` makes the role of a self-managed group: its entry is for `iam_role_arn` only without it.
 * Source: terraform-aws-modules/eks 20 and 21, node_groups.tf and the main.tf of each submodule.
 */
const kinds: readonly Kind[] = [
  {
    kind: 'managed',
    argument: 'eks_managed_node_groups',
    submodule: 'modules/eks-managed-node-group',
    makesRole: 'create_iam_role',
    role: 'iam_role_arn',
  },
  {
    kind: 'self-managed',
    argument: 'self_managed_node_groups',
    submodule: 'modules/self-managed-node-group',
    makesRole: 'create_iam_instance_profile',
    role: 'iam_role_arn',
  },
  {
    kind: 'fargate',
    argument: 'fargate_profiles',
    submodule: 'modules/fargate-profile',
    makesRole: 'create_iam_role',
    role: 'iam_role_arn',
  },
  {
    kind: 'karpenter',
    submodule: 'modules/karpenter',
    makesRole: 'create_node_iam_role',
    role: 'node_iam_role_arn',
  },
];

/** The node groups of a cluster that are written out, and those of submodule calls where there is no other cluster. */
export const readNodeGroups = (
  module: RootModule,
  cluster: Addressed,
  submodules: readonly ModuleCall[],
): readonly NodeGroup[] =>
  kinds.flatMap(kind => [
    ...(kind.argument === undefined ? [] : groupsIn(module, cluster, kind, kind.argument)),
    ...submodules
      .filter(({ source }) => source.submodule === kind.submodule)
      .map(call => {
        const own = { fields: fieldsOf(call.block.body, call.block.in), whole: true };
        return groupOf(module, kind, { own, words: call.address, range: call.block.headerRange });
      }),
  ]);

const groupsIn = (
  module: RootModule,
  { block, address }: Addressed,
  kind: Kind,
  argument: string,
): readonly NodeGroup[] => {
  return (givenGroups(module, block, argument) ?? []).flatMap(({ key, given }) => {
    if (key === undefined || !given) return [];
    return [groupOf(module, kind, { ...given, words: `${argument}[${quote(key)}] of ${address}` })];
  });
};

/** An item of an argument with groups. `key` and `given` are absent where the source does not tell them. */
export type GivenGroup = { readonly key?: string; readonly range: Range; readonly given?: Omit<Given, 'words'> };

/** The groups of an argument; undefined where the source does not tell which there are. */
export const givenGroups = (
  module: RootModule,
  block: PlacedBlock,
  argument: string,
): readonly GivenGroup[] | undefined => {
  const groups = attribute(block.body, argument);
  if (!groups || groups.value.kind === 'null') return [];
  const found = resolve(module, { expression: groups.value, file: block.in });
  if (found.expression.kind !== 'object') return undefined;
  const written = attribute(block.body, argument.replace(/s$/, '_defaults'));
  const defaults = written ? objectOf(module, { expression: written.value, file: block.in }) : none;
  return found.expression.items.map(item => {
    const key = item.name ?? knownString(evaluate(item.key, module.scope));
    const own = objectOf(module, { ...found, expression: item.value });
    const { range } = item;
    const given = own && { own, range, ...(defaults ? { defaults } : { unread: true }) };
    return { range, ...(key === undefined ? {} : { key }), ...(given ? { given } : {}) };
  });
};

const none: WrittenObject = { fields: new Map(), whole: true };

type Given = {
  readonly own: WrittenObject;
  readonly defaults?: WrittenObject;
  /** The defaults are there and cannot be read. */
  readonly unread?: boolean;
  readonly words: string;
  readonly range: Range;
};

const groupOf = (module: RootModule, { kind, makesRole, role }: Kind, given: Given): NodeGroup => {
  const entryBy = entryByOf(module, kind, given);
  const system = systemOf(module, given);
  const givenRole = flagOf(module, given, makesRole, true) === false ? fieldOfGroup(given, role) : undefined;
  return {
    kind,
    words: given.words,
    range: given.range,
    ...(entryBy === undefined ? {} : { entryBy }),
    ...(givenRole && givenRole !== 'unclear' ? { role: fieldAt(module, givenRole.piece) } : {}),
    ...(system === undefined ? {} : { system }),
    ownImage: hasOwnImage(module, given),
  };
};

/** A group's own value beats the defaults'. */
export const fieldOfGroup = (
  { own, defaults = none, unread }: Omit<Given, 'words'>,
  name: string,
): WrittenField | 'unclear' | undefined => {
  const field = own.fields.get(name);
  if (field) return field;
  if (!own.whole || unread) return 'unclear';
  return defaults.fields.get(name) ?? (defaults.whole ? undefined : 'unclear');
};

export const flagOf = (
  module: RootModule,
  given: Omit<Given, 'words'>,
  name: string,
  fallback: boolean,
): boolean | undefined => {
  // `create` is read from the group alone. Source: node_groups.tf of terraform-aws-modules/eks 18 to 20.
  const field = fieldOfGroup(name === 'create' ? { own: given.own, range: given.range } : given, name);
  if (field === 'unclear') return undefined;
  const value = field && evaluate(field.piece.expression, module.scope);
  if (value === undefined || value.kind === 'null') return fallback;
  return value.kind === 'bool' ? value.value : undefined;
};

const entryByOf = (module: RootModule, kind: NodeGroup['kind'], given: Given): NodeGroup['entryBy'] => {
  const made = flagOf(module, given, 'create', true);
  if (made !== true) return made === false ? 'nobody' : undefined;
  if (kind === 'managed' || kind === 'fargate') return 'eks';
  const entry = flagOf(module, given, 'create_access_entry', true);
  return entry === undefined ? undefined : entry ? 'module' : 'nobody';
};

/** `platform` in version 20, `ami_type` since. Source: the user data of both submodules. */
const systemOf = (module: RootModule, given: Omit<Given, 'words'>): NodeGroup['system'] => {
  const fields = ['platform', 'ami_type'].map(name => fieldOfGroup(given, name));
  const texts = fields.map(field =>
    field && field !== 'unclear' ? (knownString(evaluate(field.piece.expression, module.scope)) ?? 'unclear') : field,
  );
  if (texts.some(text => text !== undefined && /^windows/i.test(text))) return 'windows';
  return texts.includes('unclear') || texts.includes('CUSTOM') ? undefined : 'linux';
};

const hasOwnImage = (module: RootModule, given: Given): boolean => {
  const [id, type] = ['ami_id', 'ami_type'].map(name => fieldOfGroup(given, name));
  if (type && type !== 'unclear' && knownString(evaluate(type.piece.expression, module.scope)) === 'CUSTOM')
    return true;
  const value = id && id !== 'unclear' ? evaluate(id.piece.expression, module.scope) : undefined;
  return value !== undefined && value.kind !== 'null' && knownString(value) !== '';
};
