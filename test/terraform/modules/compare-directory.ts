import type { Block } from './read-hcl.ts';

/** Types whose addresses and arguments decide who has access; of all others only the names are listed. */
const accessTypes = new Set([
  'aws_eks_cluster',
  'aws_eks_access_entry',
  'aws_eks_access_policy_association',
  'aws_eks_node_group',
  'aws_eks_fargate_profile',
  'aws_iam_role',
  'time_sleep',
  'kubernetes_config_map',
  'kubernetes_config_map_v1_data',
]);

/** Inputs whose default decides something about access, so the value is compared, too. */
const accessInputs =
  /^(authentication_mode|access_entries|enable_cluster_creator_admin_permissions|create|create_.*(role|access_entry|profile|configmap)|manage_.*|aws_auth_.*|access_entry_type|platform|.*iam_role_use_name_prefix|kms_key_enable_default_policy)$/;

/** A summary line and one line per difference. */
export function compareDirectory(real: Block, ours: Block): string[] {
  const lines = [...variables(real, ours), ...outputs(real, ours), ...resources(real, ours), ...floors(real, ours)];
  return [`${named(real, 'variable').size} variables, ${named(real, 'output').size} outputs compared`, ...lines];
}

function named(block: Block, type: string): Map<string, Block> {
  return new Map(block.blocks.filter(child => child.type === type).map(child => [child.labels.join('.'), child]));
}

function onlyIn(title: string, a: Iterable<string>, b: ReadonlySet<string> | ReadonlyMap<string, unknown>): string[] {
  const names = [...a].filter(name => !b.has(name));
  return names.length > 0 ? [`${title}: ${names.join(', ')}`] : [];
}

function variables(real: Block, ours: Block): string[] {
  const [theirs, own] = [named(real, 'variable'), named(ours, 'variable')];
  const shared = [...theirs]
    .filter(([name]) => own.has(name))
    .map(([name, block]) => [name, block, own.get(name)!] as const);
  const required = shared.filter(([, a, b]) => a.attributes.has('default') !== b.attributes.has('default'));
  const types = shared
    .map(([name, a, b]) => [name, typeInWords(a), typeInWords(b)] as const)
    .filter(([, a, b]) => a !== b);
  const wider = types.filter(([, , b]) => b === 'anything');
  const values = shared.filter(([name]) => accessInputs.test(name));
  return [
    ...onlyIn('VARIABLES MISSING', theirs.keys(), own),
    ...onlyIn('VARIABLES TOO MANY', own.keys(), theirs),
    ...required.map(([name]) => `VARIABLE ${name}: only one of the two has a default`),
    ...types.filter(type => !wider.includes(type)).map(([name, a, b]) => `VARIABLE ${name}: ${a}; ours ${b}`),
    ...(wider.length > 0 ? [`type left open (any): ${wider.map(([name, a]) => `${name} (${a})`).join(', ')}`] : []),
    ...values.flatMap(([name, a, b]) =>
      differs(`VARIABLE ${name}: default`, a.attributes.get('default'), b.attributes.get('default')),
    ),
  ];
}

function typeInWords(variable: Block): string {
  const text = variable.attributes.get('type') ?? 'any';
  const type = text.replace(/\s+/g, '');
  const words = type.replaceAll('list(', 'list of ').replaceAll('set(', 'set of ').replaceAll('map(', 'map of ');
  const plain = words
    .replace(/object\(.*/, 'objects')
    .replace(/\)+$/, '')
    .replace(/any$/, 'anything');
  if (!type.includes('object(')) return plain;
  const keys = [...text.matchAll(/(\w+)\s*=/g)].map(key => key[1]!);
  return plain === 'map of objects' && keys.includes('principal_arn')
    ? `map of objects with ${keys.toSorted().join(' ')}`
    : plain;
}

function outputs(real: Block, ours: Block): string[] {
  const [theirs, own] = [named(real, 'output'), named(ours, 'output')];
  return [
    ...onlyIn('OUTPUTS MISSING', theirs.keys(), own),
    ...onlyIn('OUTPUTS TOO MANY', own.keys(), theirs),
    ...[...theirs].flatMap(([name, block]) =>
      own.has(name) ? differs(`OUTPUT ${name}: depends_on`, awaited(block), list(own.get(name), 'depends_on')) : [],
    ),
  ];
}

/** Up to 17.x outputs wait for the first answer of the new cluster's endpoint. Nothing listens there, so no stand-in asks. */
const awaited = (output: Block) => list(output, 'depends_on')?.replace('data.http.wait_for_cluster', '') || undefined;

const isAccess = ([name]: [string, Block]) => accessTypes.has(name.slice(0, name.indexOf('.')));

function resources(real: Block, ours: Block): string[] {
  const [theirs, own] = [named(real, 'resource'), named(ours, 'resource')];
  const [ofAccess, others] = [new Map([...theirs].filter(isAccess)), [...theirs].filter(entry => !isAccess(entry))];
  return [
    ...onlyIn('RESOURCES MISSING', ofAccess.keys(), own),
    ...onlyIn('RESOURCES TOO MANY', own.keys(), theirs),
    ...[...ofAccess].flatMap(([name, block]) => (own.has(name) ? compareResource(name, block, own.get(name)!) : [])),
    ...(others.length > 0 ? [`not modelled: ${others.map(([name]) => name).join(', ')}`] : []),
  ];
}

const repeat = (block: Block) => ['count', 'for_each'].filter(key => block.attributes.has(key)).join();

const parts = (block: Block) => [
  ...block.attributes.keys(),
  ...block.blocks.map(child => child.labels[0] ?? child.type),
];

function compareResource(name: string, real: Block, ours: Block): string[] {
  const ignored = (block: Block) =>
    list(
      block.blocks.find(child => child.type === 'lifecycle'),
      'ignore_changes',
    );
  const notSet = parts(real).filter(
    part => !parts(ours).includes(part) && part !== 'lifecycle' && part !== 'depends_on',
  );
  return [
    ...differs(`RESOURCE ${name}: repeated by`, repeat(real), repeat(ours)),
    ...onlyIn(`RESOURCE ${name}: arguments too many`, parts(ours), new Set(parts(real))),
    ...(notSet.length > 0 ? [`${name}: not set: ${[...new Set(notSet)].join(', ')}`] : []),
    ...differs(`${name}: ignore_changes`, ignored(real), ignored(ours)),
    ...differs(`${name}: depends_on`, list(real, 'depends_on'), list(ours, 'depends_on')),
  ];
}

function floors(real: Block, ours: Block): string[] {
  return [
    ...differs('terraform', terraformFloor(real), terraformFloor(ours)),
    ...['aws', 'kubernetes'].flatMap(name =>
      differs(`provider ${name}`, providerFloor(real, name), providerFloor(ours, name)),
    ),
  ];
}

function terraformFloor(block: Block): string | undefined {
  return block.blocks.find(child => child.type === 'terraform')?.attributes.get('required_version');
}

function providerFloor(block: Block, provider: string): string | undefined {
  const required = block.blocks
    .filter(child => child.type === 'terraform')
    .flatMap(child => child.blocks.filter(inner => inner.type === 'required_providers'));
  const text = required.map(child => child.attributes.get(provider) ?? '').join('');
  return /version = ("[^"]*")/.exec(text)?.[1];
}

function list(block: Block | undefined, name: string): string {
  const items =
    block?.attributes
      .get(name)
      ?.replace(/^\[\s*|,?\s*\]$/g, '')
      .split(/\s*,\s*/) ?? [];
  return items.toSorted().join(', ');
}

function differs(what: string, real: string | undefined, ours: string | undefined): string[] {
  const [a, b] = [real ?? '', ours ?? ''].map(text => text.replace(/\s+/g, '')) as [string, string];
  return a === b ? [] : [`${what}: ${real || 'none'}; ours ${ours || 'none'}`];
}
