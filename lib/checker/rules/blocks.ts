import { diagnose } from '../../diagnostics/index.ts';
import { attribute, blocks, stringValue } from '../../hcl/index.ts';
import { switchesOf } from '../../parser/index.ts';
import { admits, blocksOf, parseConstraint, referencesOf, type RootModule } from '../../terraform/index.ts';
import type { CheckRule } from '../entries.ts';
import { importBlocks } from '../imports.ts';

const faulty = '1.16.0';

/** `["blue"]`, `[each.value]` */
const instanceKey = /\[("(\\.|[^"\\])*"|[^\]"])*\]/g;

/**
 * Terraform 1.16.0 takes the first of several import blocks for instances of one resource, with for_each or without, whichever
 * instance of a module it is in. One block alone with for_each is whole.
 * Sources: https://github.com/hashicorp/terraform/issues/39068 and 39090, mended in 1.16.1 by pull request 39073.
 */
export const severalImports: CheckRule = ({ source: { module } }) => {
  if (excludes(module)) return [];
  const found = importBlocks(module)
    .map(({ block, resource }) => ({ block, resource: resource.replaceAll(instanceKey, '') }))
    .filter(
      ({ block, resource }) =>
        /(^|\.)aws_eks_access_(entry|policy_association)\.[\w-]+$/.test(resource) &&
        // Terraform does not read these.
        !block.in.file.endsWith('.tofu'),
    );
  const resources = [...new Set(found.map(({ resource }) => resource))];
  return resources.flatMap(resource => {
    const [, second, ...more] = found.filter(block => block.resource === resource);
    if (!second) return [];
    // EKS takes an association that is there for an update of its scope.
    const isRefused = resource.includes('aws_eks_access_entry.');
    return [diagnose('TAE745', { count: more.length + 2, resource, isRefused }, second.block.headerRange)];
  });
};

const excludes = (module: RootModule): boolean =>
  blocksOf(module, 'terraform').some(({ body }) => {
    const required = attribute(body, 'required_version');
    const parsed = parseConstraint((required && stringValue(required.value)) ?? '>= 0');
    return parsed !== undefined && !admits(parsed, faulty);
  });

const configMaps = [
  'kubernetes_config_map',
  'kubernetes_config_map_v1',
  'kubernetes_config_map_v1_data',
  'kubernetes_manifest',
  'kubectl_manifest',
];

/** `module.eks_aws_auth`, with all that it has made: the call is gone, so that its name alone tells what that was. */
const isModuleOfAwsAuth = (path: readonly string[]): boolean =>
  path.at(-2) === 'module' && /aws[-_]?auth/i.test(path.at(-1) ?? '');

/**
 * What a removed block names is destroyed by Terraform, unless it says otherwise. OpenTofu forgets it.
 * Sources: developer.hashicorp.com/terraform/language/block/removed; opentofu.org/docs/language/resources/syntax (removing).
 */
export const removedBlocks: CheckRule = ({ source: { module } }) =>
  blocksOf(module, 'removed').flatMap(block => {
    const from = attribute(block.body, 'from');
    const path = (from && referencesOf(from.value)[0]?.path) ?? [];
    const isModule = isModuleOfAwsAuth(path);
    const isAwsAuth = path.at(-1) === 'aws_auth' && configMaps.includes(path.at(-2) ?? '');
    if ((!isAwsAuth && !isModule) || block.in.file.endsWith('.tofu')) return [];
    const [lifecycle] = blocks(block.body, 'lifecycle');
    const destroy = lifecycle && attribute(lifecycle.body, 'destroy')?.value;
    if (destroy && !(destroy.kind === 'bool' && destroy.value)) return [];
    return [diagnose('TAE746', { from: path.join('.'), isModule }, block.headerRange)];
  });

/**
 * A condition by which rows of aws-auth were there, and now their entries are. Who turns it off because aws-auth is gone deletes them.
 * Source: what `convert` writes for rows of a call with such a flag.
 */
export const awsAuthSwitch: CheckRule = ({ source: { module, clusters, mappings } }) =>
  mappings.length > 0
    ? []
    : clusters.flatMap(cluster =>
        switchesOf(module, cluster).map(({ path, range }) =>
          diagnose('TAE747', { switch: path.join('.'), cluster: cluster.address }, range),
        ),
      );
