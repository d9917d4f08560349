import type { Range } from '../../diagnostics/index.ts';
import { entryFlag, nodeGroupForms, type NodeGroupForm } from '../../eks/node-group-forms.ts';
import { quote } from '../../hcl/index.ts';
import { blocksOf, type PlacedBlock, type RootModule } from '../../terraform/index.ts';
import { isCalled, type Cluster } from '../clusters/cluster.ts';
import { clusterOfNodes } from './cluster-of-nodes.ts';
import { findModuleCalls, type ModuleCall } from '../clusters/module-call.ts';
import { fieldAt } from '../expressions/field.ts';
import type { Field } from '../aws-auth/row.ts';
import {
  isPinned,
  defaultsOf,
  fieldOfGroup,
  flagOf,
  groupItemsOf,
  itemsByFor,
  groupOfBlock,
  objectsInArgument,
  textOfGroup,
  type WrittenGroup,
  groupOfNothing,
} from './written-group.ts';

/** Nodes that share a role: a group, a Fargate profile, or what Karpenter launches. What an expression decides is undefined. */
export type NodeGroup = {
  readonly form: NodeGroupForm;
  readonly written: WrittenGroup;
  readonly range: Range;
  /** The call that has it: of the eks module, or of a submodule. Absent for a resource. */
  readonly call?: ModuleCall;
  /** The block that it is, with a cluster_name of its own. Absent for an item of an argument. */
  readonly block?: PlacedBlock;
  /** Nothing tells of which cluster it is. */
  readonly isUnclear?: true;
  /** Of an item of an argument. */
  readonly key?: string;
  /** It stands in an argument of which only a plan knows the groups, and its role is all that is told. */
  readonly partial?: true;
  /** How messages name it; `owner` also says what it is. */
  readonly words: string;
  readonly owner: string;
  /** `create`. */
  readonly made: boolean | undefined;
  /** The role it is given; undefined where it makes one. */
  readonly role: Field | undefined;
  readonly makesRole: boolean | undefined;
  /** `create_access_entry`; of what phase 0 has pinned the value that it gets back, of what is not seen the default. */
  readonly makesEntry: boolean | undefined;
  readonly entryBy: 'eks' | 'module' | 'nobody' | undefined;
  readonly system: 'linux' | 'windows' | undefined;
  /** Its nodes have an image that EKS does not know. */
  readonly ownImage: boolean;
};

/**
 * The node groups of a cluster: items of its arguments, calls of submodules that do not belong to another cluster, and resources of
 * the root module.
 */
export const nodeGroups = (module: RootModule, cluster: Cluster): readonly NodeGroup[] => {
  const known = read.get(module) ?? new Map<Cluster, readonly NodeGroup[]>();
  const groups = known.get(cluster) ?? readGroups(module, cluster);
  read.set(module, known.set(cluster, groups));
  return groups;
};

/** Every node row asks for them. */
const read = new WeakMap<RootModule, Map<Cluster, readonly NodeGroup[]>>();

const readGroups = (module: RootModule, cluster: Cluster): readonly NodeGroup[] => {
  const beside = findModuleCalls(module).filter(call => call.source.submodule !== undefined);
  const groups = nodeGroupForms.flatMap(form => [
    ...(isCalled(cluster) ? (groupsInCall(module, cluster.call, form) ?? rolesInCall(module, cluster.call, form)) : []),
    ...beside.flatMap(call => groupOfCall(module, call, form) ?? []),
    ...(form.resource === undefined ? [] : blocksOf(module, 'resource', form.resource)).map(block => {
      const address = block.labels.join('.');
      const names = { words: address, owner: `the ${form.noun} ${address}` };
      return groupOf(module, form, { written: groupOfBlock(block), range: block.headerRange, block, ...names });
    }),
  ]);
  return groups.flatMap(group => ofCluster(module, cluster, group) ?? []);
};

/** Undefined where it is of another cluster. */
export const ofCluster = (module: RootModule, cluster: Cluster, group: NodeGroup): NodeGroup | undefined => {
  const told = group.block ? clusterOfNodes(module, cluster, group.block) : 'this';
  if (told === 'another') return undefined;
  return told === 'this' ? group : { ...group, isUnclear: true };
};

/** The groups of an argument; undefined where the source does not tell which there are. */
export const groupsInCall = (
  module: RootModule,
  call: ModuleCall,
  form: NodeGroupForm,
): readonly NodeGroup[] | undefined =>
  groupItemsOf(module, call.block, form)?.map(({ key, range, written }) => {
    const name = key === undefined ? '' : `[${quote(key)}]`;
    return groupOf(module, form, {
      written,
      range,
      call,
      ...(key === undefined ? {} : { key }),
      words: `${form.argument}${name} of ${call.address}`,
      owner: ownerWords(form, key),
    });
  });

/** The groups that a `for` over something written out makes. For reading alone: none of them stands in the source by itself. */
export const groupsByFor = (module: RootModule, call: ModuleCall, form: NodeGroupForm): readonly NodeGroup[] =>
  itemsByFor(module, call.block, form).map(({ key, range, written }) =>
    groupOf(module, form, {
      written,
      range,
      call,
      key,
      words: `${form.argument}[${quote(key)}] of ${call.address}`,
      owner: ownerWords(form, key),
    }),
  );

/** As who makes an entry: EKS makes one for all groups that share a role. */
export const ownerWords = ({ entryBy, noun }: NodeGroupForm, key: string | undefined): string =>
  entryBy === 'eks' || key === undefined ? `a ${noun}` : `the ${noun} ${key}`;

/** The group that a call of a submodule is; undefined where it is none of this form. */
export const groupOfCall = (module: RootModule, call: ModuleCall, form: NodeGroupForm): NodeGroup | undefined => {
  const { address, block, source } = call;
  if (form.submodule === undefined || source.submodule !== form.submodule) return undefined;
  const owner = form.kind === 'karpenter' ? `${form.noun} (${address})` : `the ${form.noun} ${address}`;
  return groupOf(module, form, {
    written: groupOfBlock(block),
    range: block.headerRange,
    call,
    block,
    words: address,
    owner,
  });
};

/** Roles in an argument of which only a plan knows the groups. */
const rolesInCall = (module: RootModule, call: ModuleCall, form: NodeGroupForm): readonly NodeGroup[] => {
  const names = [...form.roles.map(({ given }) => given), 'iam_role_name'];
  return objectsInArgument(module, call.block, form).flatMap(object => {
    const fields = new Map(object.map(field => [field.name, field]));
    if (!names.some(name => fields.has(name))) return [];
    const written = { fields: { fields, whole: true }, defaults: defaultsOf(module, call.block, form) };
    const owner = ownerWords(form, undefined);
    const range = object[0]?.nameRange ?? call.block.headerRange;
    return [groupOf(module, form, { written, range, call, partial: true, words: owner, owner })];
  });
};

type Placed = Pick<NodeGroup, 'written' | 'range' | 'call' | 'block' | 'key' | 'partial' | 'words' | 'owner'>;

const groupOf = (module: RootModule, form: NodeGroupForm, placed: Placed): NodeGroup => {
  const { written } = placed;
  const made = flagOf(module, written, 'create');
  const entry = form.entryBy === 'eks' || flagOf(module, written, entryFlag);
  const field = fieldOfGroup(written, entryFlag);
  const isOpen = field === 'unclear' || (field !== undefined && isPinned(field.piece.file, field.piece.expression));
  const flag = form.roles[0]?.flag;
  return {
    form,
    ...placed,
    made,
    role: roleGiven(module, form, written),
    makesRole: flag !== undefined && flagOf(module, written, flag),
    makesEntry: isOpen || entry,
    entryBy: made === false || entry === false ? 'nobody' : made && entry ? form.entryBy : undefined,
    system: systemOf(module, written),
    ownImage: hasOwnImage(module, written),
  };
};

const roleGiven = (module: RootModule, { roles }: NodeGroupForm, written: WrittenGroup): Field | undefined => {
  const [field] = roles.flatMap(({ given, flag }) => {
    const found = fieldOfGroup(written, given);
    if (!found || found === 'unclear') return [];
    return flag === undefined || flagOf(module, written, flag) === false ? [found] : [];
  });
  return field && fieldAt(module, field.piece);
};

/** `platform` in version 20, `ami_type` since; `access_entry_type` of Karpenter. Source: the user data of both submodules, and variables.tf. */
const systemOf = (module: RootModule, written: WrittenGroup): NodeGroup['system'] => {
  const texts = ['platform', 'ami_type', 'access_entry_type'].map(name => textOfGroup(module, written, name));
  if (texts.some(text => text && /^(?:EC2_)?windows/i.test(text))) return 'windows';
  return texts.includes(undefined) || texts.includes('CUSTOM') ? undefined : 'linux';
};

const hasOwnImage = (module: RootModule, written: WrittenGroup): boolean => {
  const id = fieldOfGroup(written, 'ami_id');
  const text = textOfGroup(module, written, 'ami_id');
  const hasId = id !== undefined && id !== 'unclear' && text !== null && text !== '';
  return hasId || textOfGroup(module, written, 'ami_type') === 'CUSTOM';
};

/**
 * Whether a role is called as the one that the module makes for a group: `<group>-eks-node-group-` and the 26 characters that
 * Terraform appends to a prefix, or the name as it is where the group asks for that. IAM tells no names apart by their case.
 * Sources: terraform-aws-modules/eks 18.20.0 to 21.19.0, node_groups.tf and main.tf of the submodules (Karpenter: from 20.0.0); hashicorp/terraform-plugin-sdk,
 * helper/id.
 */
export const isRoleOfGroup = (module: RootModule, group: NodeGroup, roleName: string): boolean => {
  const { form, written, makesRole, key = null } = group;
  const { roleName: own, suffix } = form;
  if ((suffix === undefined && own === undefined) || makesRole !== true) return false;
  // The name of a group is its own, whatever the defaults say.
  const name = textOfGroup(module, { ...written, defaults: groupOfNothing }, own ? 'cluster_name' : 'name');
  const given = textOfGroup(module, written, own?.given ?? 'iam_role_name');
  const ofGroup = name === null ? key : name;
  const base =
    given ??
    (given === null && typeof ofGroup === 'string' ? `${own?.before ?? ''}${ofGroup}${suffix ?? ''}` : undefined);
  const prefixes = flagOf(module, written, own?.usesPrefix ?? 'iam_role_use_name_prefix');
  if (base === undefined || prefixes === undefined) return false;
  const [known, asked] = [base.toLowerCase(), roleName.toLowerCase()];
  if (!prefixes) return asked === known;
  return asked.startsWith(`${known}-`) && /^\d{18}[\da-f]{8}$/.test(asked.slice(known.length + 1));
};
