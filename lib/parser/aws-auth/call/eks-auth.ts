import { attribute, stringValue } from '../../../hcl/index.ts';
import {
  callAddress,
  admits,
  blocksOf,
  isBefore,
  parseConstraint,
  parseModuleSource,
  referencesOf,
  stringAttribute,
  type ModuleSource,
  type ModuleVersion,
  type PlacedBlock,
  type RootModule,
} from '../../../terraform/index.ts';
import type { ModuleCall } from '../../clusters/module-call.ts';
import { addedRowsOfOutput } from './added-rows.ts';
import type { AddedRows } from './node-rows.ts';

/** A call of aidanmelen/eks-auth/aws, and the call of the eks module whose outputs it is handed. */
export type EksAuthCall = { readonly call: ModuleCall; readonly eks: ModuleCall; readonly version: ModuleVersion };

/** A call of the eks module, and the version it is of. */
type EksCall = { readonly call: ModuleCall; readonly version: ModuleVersion };

/** The only release that writes the ConfigMap by resources that take their rows with them. The module is archived. */
const release = '1.0.0';

/**
 * The calls of eks-auth whose rows are known: the release writes them as they are handed over, and `eks` is a call beside it whose
 * release says which node rows it adds. All others are routes that no phase rewrites.
 * Source: aidanmelen/terraform-aws-eks-auth v1.0.0, main.tf and variables.tf; v0.8.3 and v0.9.0, main.tf.
 */
export const eksAuthCalls = (
  module: RootModule,
  eksCalls: readonly EksCall[],
  installed: ReadonlyMap<string, string>,
): readonly EksAuthCall[] =>
  blocksOf(module, 'module').flatMap(block => {
    const call = eksAuthCall(block, installed);
    const handed = call && eksCalls.find(({ call: eks }) => eks.source.submodule === undefined && isHanded(call, eks));
    if (!call || !handed) return [];
    const { call: eks, version } = handed;
    return version.kind === 'unknown' || isBefore(version, '18.20.0') ? [] : [{ call, eks, version }];
  });

const eksAuthCall = (block: PlacedBlock, installed: ReadonlyMap<string, string>): ModuleCall | undefined => {
  const text = stringAttribute(block, 'source');
  const source = text === undefined ? undefined : parseModuleSource(text);
  const label = block.labels[0] ?? '';
  if (!source || !isRelease(source, block, installed.get(label))) return undefined;
  return { address: callAddress(block), label, block, source, fork: false };
};

const isRelease = (source: ModuleSource, block: PlacedBlock, installed: string | undefined): boolean => {
  if (source.submodule !== undefined) return false;
  if (source.kind === 'git') {
    return source.name === 'aidanmelen/terraform-aws-eks-auth' && source.ref === `v${release}`;
  }
  if (source.kind !== 'registry' || source.name !== 'aidanmelen/eks-auth/aws') return false;
  const given = attribute(block.body, 'version');
  const constraint = given ? parseConstraint(stringValue(given.value) ?? '') : undefined;
  return (
    (given === undefined || (constraint !== undefined && admits(constraint, release))) &&
    (installed === undefined || installed === release)
  );
};

/** `eks = module.eks`, or an instance of it. */
const isHanded = ({ block }: ModuleCall, { label }: ModuleCall): boolean => {
  const given = attribute(block.body, 'eks')?.value;
  const [reference, ...more] = given ? referencesOf(given) : [];
  return (
    (given?.kind === 'get' || given?.kind === 'index') &&
    more.length === 0 &&
    reference?.path[0] === 'module' &&
    reference.path[1] === label
  );
};

/**
 * The node rows that eks-auth puts before those of `map_roles`: what the output `aws_auth_configmap_yaml` has, which ended with
 * version 20 of the eks module. Source: outputs.tf and templates/aws_auth_cm.tpl of terraform-aws-modules/eks 18.20.0 to 20.0.0.
 */
export const rowsFromOutput = (
  module: RootModule,
  { eks, version }: EksAuthCall,
  instance: string,
): readonly AddedRows[] => (isBefore(version, '20.0.0') ? addedRowsOfOutput(module, eks, instance) : []);
