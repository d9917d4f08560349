import { hasInput, hasOutput } from '../../../eks/module-interface.ts';
import {
  attribute,
  replaceValue,
  sourceOf,
  stringValue,
  type Edit,
  indent,
  indentationAt,
  replace,
  type Attribute,
  type Body,
  type Expression,
} from '../../../hcl/index.ts';
import {
  nameOfInstance,
  type ModuleCall,
  textOfAdded,
  type AddedRows,
  fieldOfGroup,
  groupOfCall,
  groupsInCall,
  type WrittenField,
  type WrittenGroup,
} from '../../../parser/index.ts';
import { bodyReferences, referencesOf, type RootModule, evaluate, knownString } from '../../../terraform/index.ts';
import { pinsFor } from '../../upgrade/call.ts';
import type { Split } from '../../splits.ts';
import type { Range } from '../../../diagnostics/index.ts';
import { selfManagedGroups } from '../../../eks/node-group-forms.ts';

/**
 * The arguments that phase 0 adds to a call, as paragraphs of lines: what later phases change or take out stands apart from what
 * stays as version 19 had it. `pins` are those of access entries.
 */
export const newArguments = (
  call: ModuleCall,
  from: string,
  release: string,
  clusters: readonly Split[],
  pins: readonly string[],
): readonly (readonly string[])[] => {
  const kept = keptDefaults(call, from, release);
  const why = '# As version 19 had it, so that the upgrade changes nothing by itself';
  const paragraphs = [addedArguments(call, release, clusters), kept.length === 0 ? [] : [why, ...kept], pins];
  return paragraphs.filter(lines => lines.length > 0);
};

/** Arguments that version 19 did not have. */
const addedArguments = (call: ModuleCall, release: string, clusters: readonly Split[]): readonly string[] => {
  if (call.source.submodule !== undefined) return serviceRange(call, release, clusters);
  return attribute(call.block.body, 'authentication_mode') ? [] : [`authentication_mode = ${mode}`];
};

const mode = '"CONFIG_MAP"';

/** Version 19 refuses the argument where it is given, so that no other mode than its own can be in force. */
export const keptMode = ({ source, block }: ModuleCall): readonly Edit[] => {
  const given = source.submodule === undefined ? attribute(block.body, 'authentication_mode') : undefined;
  if (!given) return [];
  const was = sourceOf(block.in.text, given.value.range).replace(/\s+/g, ' ');
  if (was === mode) return [];
  return [replaceValue(block.in, given, mode, `was ${was}`)];
};

/** Arguments that stay what they were by default. `enable_auto_mode_custom_tags` would make an IAM policy. */
const keptDefaults = (call: ModuleCall, from: string, release: string): readonly string[] => {
  const pins = pinsFor(call, from, release);
  if (call.source.submodule !== undefined) return pins;
  const tags = ['enable_auto_mode_custom_tags', 'enable_node_custom_tags_permissions'].filter(
    name => hasInput(release, undefined, name) === true && !attribute(call.block.body, name),
  );
  return [...pins, ...tags.map(name => `${name} = false`)];
};

/** Since 20.8.3 a node group with a call of its own fails the plan without it. Source: modules/eks-managed-node-group/main.tf. */
const serviceRange = (call: ModuleCall, release: string, clusters: readonly Split[]): readonly string[] => {
  const { submodule } = call.source;
  const isGroup = submodule?.endsWith('-node-group') ?? false;
  const isGiven = ['cluster_service_cidr', 'cluster_service_ipv4_cidr'].some(name => attribute(call.block.body, name));
  const owner = clusterOf(call, clusters)?.cluster;
  if (!isGroup || isGiven || !owner || hasInput(release, submodule, 'cluster_service_cidr') !== true) return [];
  if (hasOutput(release, undefined, 'cluster_service_cidr') !== true) return [];
  return [`cluster_service_cidr = ${nameOfInstance(owner.call, owner.repetition)}.cluster_service_cidr`];
};

/** The only cluster, or the one that the call refers to or names. */
const clusterOf = ({ block }: ModuleCall, clusters: readonly Split[]): Split | undefined => {
  if (clusters.length <= 1) return clusters[0];
  const references = bodyReferences(block.body);
  const name = attribute(block.body, 'cluster_name')?.value;
  const named = clusters.filter(({ cluster }) => {
    const refers = references.some(({ path }) => path[0] === 'module' && path[1] === cluster.label);
    return refers || (name !== undefined && cluster.name !== undefined && stringValue(name) === cluster.name);
  });
  return named.length === 1 ? named[0] : undefined;
};

/** The output of version 19 with the rows of the nodes that the module has made. */
export const configMapYaml = 'aws_auth_configmap_yaml';

/**
 * Version 20 has no such output, so that it is written out where an argument is nothing else. The rows of
 * `aws_auth_node_iam_role_arns_*` and of the author were never in it. Source: outputs.tf of terraform-aws-modules/eks 19.21.0.
 */
export const writeOutYaml = (module: RootModule, { cluster: { call }, mapping }: Split): readonly Edit[] => {
  const output = `${call.address}.${configMapYaml}`;
  // Of a value that is a reference as a whole both have one range.
  const isOutput = (value: Expression): boolean =>
    value.kind === 'get' &&
    referencesOf(value).some(({ path, range }) => range === value.range && path.join('.') === output);
  return module.blocks.flatMap(block =>
    argumentsOf(block.body)
      .filter(({ value }) => isOutput(value))
      .map(({ value, range }) =>
        replace(value.range, yamlText(mapping.added, indentationAt(block.in.text, range.start))),
      ),
  );
};

const argumentsOf = ({ items }: Body): readonly Attribute[] =>
  items.flatMap(item => (item.kind === 'attribute' ? [item] : argumentsOf(item.body)));

const yamlText = (added: readonly AddedRows[], by: string): string => {
  const implied = added.filter(({ argument }) => !argument.startsWith('aws_auth_'));
  const rows = implied.filter(({ kind }) => kind === 'row').map(one => `${textOfAdded(one, one.principal)},`);
  const lists = implied.filter(({ kind }) => kind === 'list').map(one => textOfAdded(one, one.principal));
  const parts = [...(rows.length === 0 ? [] : [`[\n${indent(rows.join('\n'), 2)}\n]`]), ...lists];
  const [first = '[]'] = parts;
  const value = parts.length < 2 ? first : `concat(\n${indent(parts.map(part => `${part},`).join('\n'), 2)}\n)`;
  const lines = [
    'yamlencode({',
    '  apiVersion = "v1"',
    '  kind       = "ConfigMap"',
    '  metadata   = { name = "aws-auth", namespace = "kube-system" }',
    '  data = {',
    `    mapRoles = yamlencode(${indent(value, 4).slice(4)})`,
    '  }',
    '})',
  ];
  return indent(lines.join('\n'), by).slice(by.length);
};

/** The images that a platform stood for, where one `ami_type` is the same. */
const amiTypes: Readonly<Record<string, string>> = {
  linux: 'AL2_x86_64',
  windows: 'WINDOWS_CORE_2019_x86_64',
};

/** A platform that is written, and what is written in its place; without an edit that is not clear. */
type Platform = { readonly range: Range; readonly edit?: Edit };

/** That of the group and that of the defaults, which a group has once its own is called `ami_type`. Source: node_groups.tf at v20.37.2. */
const platformsOf = (written: WrittenGroup): readonly WrittenField[] =>
  [fieldOfGroup(written, 'platform'), written.defaults.fields.get('platform')].filter(
    field => field !== undefined && field !== 'unclear',
  );

/**
 * From 20.9.0 on `ami_type` of a self-managed group says what `platform` did, which is ignored, and refused from 20.14.0 on.
 * Source: modules/self-managed-node-group/main.tf and variables.tf of terraform-aws-modules/eks 20.9.0 and 20.14.0, and main.tf of
 * 19.21.0 (its images).
 */
export const platforms = (module: RootModule, call: ModuleCall): readonly Platform[] => {
  const isCluster = call.source.submodule === undefined;
  const found = isCluster
    ? groupsInCall(module, call, selfManagedGroups)
    : [groupOfCall(module, call, selfManagedGroups)];
  const written = (found ?? []).flatMap((group): readonly Platform[] => {
    if (!group) return [];
    const hasType = fieldOfGroup(group.written, 'ami_type') !== undefined;
    return platformsOf(group.written).map(({ nameRange: range, piece }) => {
      const value = piece.expression;
      const type = amiTypes[knownString(evaluate(value, module.scope)) ?? ''];
      const isWritten = piece.at === undefined && value.range.file === range.file;
      if (!isWritten || type === undefined || hasType) return { range };
      return { range, edit: replace({ ...range, end: value.range.end }, `ami_type = "${type}"`) };
    });
  });
  // Several groups share the one of the defaults.
  return [...new Map(written.map(one => [one.range.start, one])).values()];
};
