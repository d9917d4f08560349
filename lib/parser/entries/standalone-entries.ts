import { attribute, blocks, sourceOf, type Expression, type HclFile } from '../../hcl/index.ts';
import {
  blocksOf,
  evaluate,
  knownString,
  referencesOf,
  type PlacedBlock,
  type RootModule,
} from '../../terraform/index.ts';
import {
  heldPolicy,
  policyName,
  stringList,
  stringOfExpression,
  type ExistingEntry,
  type HeldPolicy,
} from './existing-entry.ts';
import { fieldOf } from '../expressions/field.ts';
import { identityOf, normalizeSource } from '../expressions/identity.ts';
import type { ModuleCall } from '../clusters/module-call.ts';
import { writtenResource, type WrittenEntry } from './written-entries.ts';

/** `aws_eks_access_entry` resources whose cluster is this call's. */
export const standaloneEntries = (module: RootModule, call: ModuleCall): Standalone =>
  standaloneEntriesWhere(module, cluster => isClusterName(module, cluster, call));

/** Those whose cluster has this name, or whose `cluster_name` is this expression. */
export const standaloneEntriesOf = (module: RootModule, cluster: string | { readonly source: string }): Standalone =>
  standaloneEntriesWhere(module, (expression, file) =>
    typeof cluster === 'string'
      ? knownString(evaluate(expression, module.scope)) === cluster
      : normalizeSource(sourceOf(file.text, expression.range)) === cluster.source,
  );

export type Standalone = {
  readonly entries: readonly ExistingEntry[];
  /** The same and those without a principal that is written, as they are written. */
  readonly written: readonly WrittenEntry[];
};

/** Those whose `cluster_name` is one that is asked for. */
export const standaloneEntriesWhere = (
  module: RootModule,
  isOwn: (cluster: Expression, file: HclFile) => boolean,
): Standalone => {
  const own = blocksOf(module, 'resource', 'aws_eks_access_entry').filter(({ body, in: file }) => {
    const cluster = attribute(body, 'cluster_name');
    return cluster !== undefined && isOwn(cluster.value, file);
  });
  return {
    entries: own.flatMap(block => resourceEntry(module, block) ?? []),
    written: own.map(block => writtenResource(module, block)),
  };
};

const resourceEntry = (module: RootModule, block: PlacedBlock): ExistingEntry | undefined => {
  const principal = attribute(block.body, 'principal_arn');
  if (!principal) return undefined;
  const label = block.labels[1] ?? '';
  const groups = stringList(module, attribute(block.body, 'kubernetes_groups')?.value);
  return {
    key: label,
    written: block,
    form: 'resource',
    identity: identityOf(fieldOf(module, principal.value, block.in), module),
    range: block.headerRange,
    policyKeys: [],
    ...(groups ? { groups } : {}),
    policies: associatedPolicies(module, label),
  };
};

const isClusterName = (module: RootModule, expression: Expression, call: ModuleCall): boolean => {
  if (referencesOf(expression).some(({ path }) => path[0] === 'module' && path[1] === call.label)) return true;
  const own = attribute(call.block.body, 'cluster_name') ?? attribute(call.block.body, 'name');
  if (!own) return false;
  const [a, b] = [knownString(evaluate(expression, module.scope)), knownString(evaluate(own.value, module.scope))];
  if (a !== undefined || b !== undefined) return a === b;
  return referencesOf(expression)[0]?.path.join('.') === referencesOf(own.value)[0]?.path.join('.');
};

const associatedPolicies = (module: RootModule, label: string): readonly HeldPolicy[] =>
  blocksOf(module, 'resource', 'aws_eks_access_policy_association').flatMap(block => {
    const principal = attribute(block.body, 'principal_arn');
    const reads =
      principal &&
      referencesOf(principal.value).some(({ path }) => path[0] === 'aws_eks_access_entry' && path[1] === label);
    const name = reads ? policyName(module, attribute(block.body, 'policy_arn')?.value) : undefined;
    const scope = blocks(block.body, 'access_scope')[0];
    const type = scope && attribute(scope.body, 'type')?.value;
    return name === undefined ? [] : [heldPolicy(name, stringOfExpression(module, type))];
  });
