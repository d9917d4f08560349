import { directoriesOf } from '../modules/module-source.ts';
import type { Block } from '../modules/read-hcl.ts';

/*
 * Schemas of what a module's text uses: each resource type and data source with the arguments and blocks that are written and the
 * attributes that are read. The stand-in provider (../provider/internal/generated) serves those that it does not know itself.
 */

/** An argument that is read, too, is computed where the text leaves it out. `lists`: arguments that are written as a list. */
export type BlockSchema = {
  arguments: string[];
  lists: string[];
  reads: string[];
  blocks: Record<string, BlockSchema>;
};

export type TypeSchema = BlockSchema & {
  /** What attributes are once they are known; of all others a text. */
  values: Record<string, unknown>;
  /** Attributes that any update makes unknown. */
  renewed: string[];
  /** Attributes that the text takes the mark off. */
  sensitive: string[];
};

export type Schemas = { resources: Record<string, TypeSchema>; data: Record<string, TypeSchema> };

type Files = ReadonlyMap<string, string>;

/** Of all releases together, as a provider has one schema for all of them. */
export function schemasOf(modules: readonly Files[]): Schemas {
  const schemas: Schemas = { resources: {}, data: {} };
  const declared = modules.flatMap(files => [...directoriesOf(files).values()]);
  for (const { type, labels, block } of declared.flatMap(declarations)) {
    const kind = type === 'data' ? schemas.data : schemas.resources;
    const name = labels[0] ?? '';
    addBlock(
      (kind[name] ??= { ...empty(), values: {}, renewed: [], sensitive: [], ...known[`${type} ${name}`] }),
      block,
    );
  }
  for (const [path, text] of modules.flatMap(files => [...files])) if (path.endsWith('.tf')) addReads(schemas, text);
  return schemas;
}

/** Values that the module counts with or takes apart. */
const known: Readonly<Record<string, Partial<TypeSchema>>> = {
  'data aws_ec2_instance_type': { values: { maximum_network_cards: 1 } },
  'data aws_eks_addon_version': { values: { version: 'v1.0.0-eksbuild.1' } },
  'data aws_ssm_parameter': { values: { value: 'ami-0123456789abcdef0' } },
  'data aws_subnets': { values: { ids: ['subnet-1', 'subnet-2'] } },
  'resource aws_launch_template': { values: { latest_version: 1, default_version: 1 }, renewed: ['latest_version'] },
};

const empty = (): BlockSchema => ({ arguments: [], lists: [], reads: [], blocks: {} });

/** What Terraform itself understands in every resource. */
const metaArguments = new Set(['count', 'for_each', 'provider', 'depends_on']);
const metaBlocks = new Set(['lifecycle', 'connection', 'provisioner']);

const declarations = (module: Block): { type: string; labels: string[]; block: Block }[] =>
  module.blocks
    .filter(({ type }) => type === 'resource' || type === 'data')
    .map(block => ({ type: block.type, labels: block.labels, block }));

function addBlock(schema: BlockSchema, { attributes, blocks }: Block, isNested = false): void {
  for (const [name, expression] of attributes) {
    if (!isNested && metaArguments.has(name)) continue;
    add(schema.arguments, name);
    if (expression.startsWith('[')) add(schema.lists, name);
  }
  for (const child of blocks) {
    const isDynamic = child.type === 'dynamic';
    if (!isNested && metaBlocks.has(child.type)) continue;
    const nested = (schema.blocks[(isDynamic ? child.labels[0] : child.type) ?? ''] ??= empty());
    for (const content of isDynamic ? child.blocks.filter(({ type }) => type === 'content') : [child])
      addBlock(nested, content, true);
  }
}

/** `type.name.attribute`, with an index or a splat after the name. */
const reference =
  /(nonsensitive\()?(\bdata\.)?\b([a-z][a-z0-9]*_[a-z0-9_]+)\.[\w-]+(?:\[[^\]]*\]|\.\*)?\.([a-z_][a-z0-9_]*)/g;

function addReads(schemas: Schemas, text: string): void {
  for (const [, mark, data, type = '', attribute = ''] of text.matchAll(reference)) {
    const schema = (data === undefined ? schemas.resources : schemas.data)[type];
    if (schema && schema.blocks[attribute] === undefined) add(schema.reads, attribute);
    if (schema && mark !== undefined) add(schema.sensitive, attribute);
  }
}

function add(names: string[], name: string): void {
  if (!names.includes(name)) names.push(name);
}
