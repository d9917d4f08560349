import { attribute, stringValue, type Attribute } from '../../hcl/index.ts';
import {
  callAddress,
  blocksOf,
  parseModuleSource,
  referencesOf,
  type ModuleSource,
  type PlacedBlock,
  type RootModule,
} from '../../terraform/index.ts';

/** A block that has an address: `module.eks`, `aws_eks_cluster.this`. */
export type Addressed = {
  readonly address: string;
  readonly label: string;
  readonly block: PlacedBlock;
};

/** A `module` block that calls terraform-aws-modules/eks or one of its submodules. */
export type ModuleCall = Addressed & {
  readonly source: ModuleSource;
  /** The code is not that of terraform-aws-modules itself, so its version number says nothing about it. */
  readonly fork: boolean;
  readonly constraint?: Attribute;
};

/** Arguments that every module call may have. Source: https://developer.hashicorp.com/terraform/language/block/module */
export const metaArguments: ReadonlySet<string> = new Set([
  'count',
  'depends_on',
  'for_each',
  'providers',
  'source',
  'version',
]);

/** A resource, by its address. */
export const addressedResource = (block: PlacedBlock): Addressed => ({
  address: block.labels.join('.'),
  label: block.labels[1] ?? '',
  block,
});

/** Every call of the eks module family; `source.submodule` tells which one. */
export const findModuleCalls = (module: RootModule): readonly ModuleCall[] =>
  blocksOf(module, 'module').flatMap(block => {
    const sourceAttribute = attribute(block.body, 'source');
    const text = sourceAttribute && stringValue(sourceAttribute.value);
    if (text === undefined) return [];
    const source = parseModuleSource(text);
    const fork = forkState(source);
    if (fork === undefined) return [];
    const label = block.labels[0] ?? '';
    const constraint = attribute(block.body, 'version');
    return [{ address: callAddress(block), label, block, source, fork, ...(constraint ? { constraint } : {}) }];
  });

const hosts = [undefined, 'registry.terraform.io', 'registry.opentofu.org'];

/** Whether a source is a fork of the eks module; undefined when it is another module. */
const forkState = (source: ModuleSource): boolean | undefined => {
  if (source.kind === 'registry') {
    if (source.name === 'terraform-aws-modules/eks/aws') return !hosts.includes(source.host);
    // A private registry that serves a copy under the module's own name.
    return source.host !== undefined && !hosts.includes(source.host) && source.name.endsWith('/eks/aws')
      ? true
      : undefined;
  }
  if (source.kind === 'git' && source.name.endsWith('/terraform-aws-eks')) {
    return !(source.host === 'github.com' && source.name === 'terraform-aws-modules/terraform-aws-eks');
  }
  return undefined;
};

/** Whether a source is the eks module, one of its submodules, or a fork of them. */
export const isOfEksFamily = (source: ModuleSource): boolean => forkState(source) !== undefined;

/** Whether it is the eks module, or a fork of it, and none of its submodules. */
export const isEksModule = (source: ModuleSource): boolean => isOfEksFamily(source) && source.submodule === undefined;

/** The alias a call passes for a provider: `aws.eu` of `providers = { aws = aws.eu }`. */
export const passedProvider = (call: Addressed, name: string): string | undefined => {
  const providers = attribute(call.block.body, 'providers');
  if (providers?.value.kind !== 'object') return undefined;
  const item = providers.value.items.find(candidate => candidate.name === name);
  const path = item && referencesOf(item.value)[0]?.path;
  return path?.join('.');
};
