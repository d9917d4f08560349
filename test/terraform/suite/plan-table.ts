import type { PhaseId } from '../../../lib/diagnostics/index.ts';
import type { RowReport } from './cases.ts';
import { changesOf, type Plan, type ResourceChange } from './plan.ts';

/** What a phase may change, and nothing else. A sentence is what is wrong. */
const allowed: Readonly<Record<PhaseId, (change: ResourceChange) => boolean>> = {
  // Moves are none of the changes.
  'split-aws-auth': change => isOfTheRelease(change) || isOfVersion20(change),
  'enable-api': change => onlyMode(change) || isLate(change),
  'add-access-entries': ({ type, change }) =>
    ['aws_eks_access_entry', 'aws_eks_access_policy_association'].includes(type) &&
    (change.actions.join() === 'create' || change.importing !== undefined) &&
    !change.actions.includes('delete'),
  'remove-aws-auth': ({ address, change }) =>
    /(^|\.)kubernetes_config_map(_v1)?(_data)?\.aws_auth\[0\]$/.test(address) && change.actions.join() === 'delete',
  'api-only': change => onlyMode(change) || isLate(change),
  'clean-up': () => false,
  'per-environment': () => false,
  'upgrade-to-v21': change => isOfTheRelease(change) || isOfVersion21(change),
};

export function planProblems(phase: PhaseId, plan: Plan): string[] {
  const changes = changesOf(plan);
  const wrong = changes.filter(change => !allowed[phase](change));
  const outputs = Object.entries(phase === 'clean-up' ? (plan.output_changes ?? {}) : {});
  return [
    ...wrong.map(({ address, change }) => `${phase} must not ${change.actions.join('/')} ${address}${detail(change)}`),
    ...outputs
      .filter(([, { actions }]) => actions.join() !== 'no-op')
      .map(([name]) => `${phase} must not change output ${name}`),
  ];
}

/**
 * Each converted row has its entry in the plan: created, imported or there before. Its key is the index inside the
 * module, with a prefix where it goes into a map of the author's, or the label of a resource.
 */
export function missingEntries(phase: PhaseId, plan: Plan, rows: readonly RowReport[]): string[] {
  if (phase !== 'add-access-entries') return [];
  const entries = (plan.resource_changes ?? []).filter(
    ({ type, change }) => type === 'aws_eks_access_entry' && change.after !== null,
  );
  const there = new Set(entries.map(({ name, index }) => (typeof index === 'string' ? index : name)));
  const keys = rows.filter(({ disposition }) => disposition === 'converted').map(({ key }) => key);
  return [...new Set(keys)]
    .filter(key => key !== undefined && !there.has(key))
    .map(key => `${phase} must have an entry for the row ${key}`);
}

/**
 * What releases do whatever the arguments: 20.x adds a tag of the cluster and a trigger of what nodes wait for, 21.x takes the
 * tag away and renames the triggers.
 * https://github.com/terraform-aws-modules/terraform-aws-eks/blob/v20.37.2/main.tf, v21.19.0/main.tf, and node_groups.tf
 */
function isOfTheRelease({ type, address, change }: ResourceChange): boolean {
  const actions = change.actions.join();
  if (address.endsWith('.time_sleep.this[0]')) return ['delete,create', 'create,delete'].includes(actions);
  return (
    type === 'aws_eks_cluster' &&
    actions === 'update' &&
    different(change.before, change.after).every(path =>
      /^(tags(_all)?(\.terraform-aws-modules)?|timeouts(\.\w+)?)$/.test(path),
    )
  );
}

/**
 * What else the move from 19.x to 20.x shows: trust policies, what add-ons keep and how they settle conflicts, the user data of groups
 * whose nodes are not managed, and checks that make nothing.
 * https://github.com/terraform-aws-modules/terraform-aws-eks/compare/v19.21.0...v20.37.2
 */
function isOfVersion20(resource: ResourceChange): boolean {
  const { type, name, change } = resource;
  if (type === 'null_resource') return name === 'validate_cluster_service_cidr' && change.actions.join() === 'create';
  const may: Readonly<Record<string, RegExp>> = {
    aws_iam_role: /^assume_role_policy$/,
    aws_eks_addon: /^(addon_version|preserve|resolve_conflicts(_on_create|_on_update)?)$/,
    aws_launch_template: /^(user_data|latest_version)$/,
  };
  return (
    isLate(resource) ||
    (change.actions.join() === 'update' &&
      different(change.before, change.after).every(path => may[type]?.test(path) ?? false))
  );
}

/**
 * What else the move from 20.x to 21.x shows where all that the findings name is written out: how add-ons settle conflicts, policies that
 * nothing needs, and a rule for the nodes.
 * https://github.com/terraform-aws-modules/terraform-aws-eks/compare/v20.37.2...v21.19.0
 */
function isOfVersion21(resource: ResourceChange): boolean {
  const { type, name, index, change } = resource;
  const actions = change.actions.join();
  if (type === 'aws_iam_policy') return name === 'custom' && actions === 'delete';
  if (type === 'aws_iam_role_policy_attachment')
    return actions === 'delete' && (name === 'custom' || index === 'AmazonEKSVPCResourceController');
  if (type === 'aws_security_group_rule') return actions === 'create' && index === 'ingress_cluster_10251_webhook';
  const addon = /^(addon_version|resolve_conflicts_on_create)$/;
  return (
    isLate(resource) ||
    (type === 'aws_eks_addon' &&
      actions === 'update' &&
      different(change.before, change.after).every(path => addon.test(path)))
  );
}

/** An update of a cluster in place that touches access_config.authentication_mode and nothing else. */
function onlyMode({ type, change }: ResourceChange): boolean {
  return (
    type === 'aws_eks_cluster' &&
    change.actions.join() === 'update' &&
    different(change.before, change.after).every(path => path === 'access_config.0.authentication_mode')
  );
}

/**
 * What the module looks up by a cluster that the plan changes is not known before the apply.
 * https://github.com/terraform-aws-modules/terraform-aws-eks/blob/v20.37.2/main.tf (tls_certificate, aws_eks_addon_version)
 */
function isLate({ type, change }: ResourceChange): boolean {
  const late = { aws_eks_addon: 'addon_version', aws_iam_openid_connect_provider: 'thumbprint_list' }[type];
  return (
    late !== undefined &&
    change.actions.join() === 'update' &&
    different(change.before, change.after).every(path => path === late) &&
    Object.hasOwn(change.after_unknown ?? {}, late)
  );
}

function detail({ actions, before, after }: ResourceChange['change']): string {
  return actions.join() === 'update' ? ` (${different(before, after).join(', ')})` : '';
}

/** Paths at which two values differ. What is only known after the apply is absent in `after`. */
function different(before: unknown, after: unknown, path: readonly string[] = []): string[] {
  if (isRecord(before) && isRecord(after)) {
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap(key =>
      different(before[key], after[key], [...path, key]),
    );
  }
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [path.join('.')];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
