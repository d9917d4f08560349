import { isRecord, type JsonRecord } from '../../parser/entries/snapshot.ts';

export type Action = 'no-op' | 'create' | 'update' | 'delete' | 'replace' | 'forget' | 'other';

/** One managed resource in a plan. Values are kept for the types that are judged. */
export type Change = {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  /** The address of its module; empty for the root module. */
  readonly module: string;
  readonly action: Action;
  /** As the plan writes them, for messages. */
  readonly actions: string;
  readonly previousAddress?: string;
  readonly importing: boolean;
  /** An object that an earlier apply left behind. */
  readonly deposed: boolean;
  readonly before: Side;
  readonly after: Side;
};

/** What a resource is before or after the apply; `value` is undefined where it is not there. */
export type Side = { readonly value?: JsonRecord; readonly unknown?: unknown; readonly sensitive?: unknown };

/** A resource that is judged, as something of it can be read on each side; undefined where it is not there. */
export type Planned<Read> = { readonly change: Change; readonly before?: Read; readonly after?: Read };

const configMapTypes = [
  'kubernetes_config_map',
  'kubernetes_config_map_v1',
  'kubernetes_config_map_v1_data',
  'kubernetes_manifest',
  'kubectl_manifest',
];
const judgedTypes = ['aws_eks_cluster', 'aws_eks_access_entry', 'aws_eks_access_policy_association'];
const readTypes = ['aws_iam_role', 'aws_iam_user', 'aws_eks_node_group', 'aws_eks_fargate_profile'];

export const isConfigMapType = (type: string): boolean => configMapTypes.includes(type);
export const isJudgedType = (type: string): boolean => judgedTypes.includes(type) || isConfigMapType(type);

/** Source: https://developer.hashicorp.com/terraform/internals/json-format#change-representation */
const actionNames: Readonly<Record<string, Action>> = {
  'no-op': 'no-op',
  create: 'create',
  update: 'update',
  delete: 'delete',
  'delete,create': 'replace',
  'create,delete': 'replace',
  forget: 'forget',
  'create,forget': 'replace',
  'forget,create': 'replace',
};

/** Undefined where the entry of the plan lacks what every one has. */
export const changeOf = (item: JsonRecord): Change | undefined => {
  const { address, type, name, change } = item;
  if (typeof address !== 'string' || typeof type !== 'string' || !isRecord(change)) return undefined;
  const list = change['actions'];
  if (!Array.isArray(list) || !list.every(action => typeof action === 'string')) return undefined;
  const actions = list.join();
  const previous = item['previous_address'];
  const kept = isJudgedType(type) || readTypes.includes(type);
  return {
    address,
    type,
    name: typeof name === 'string' ? name : '',
    module: typeof item['module_address'] === 'string' ? item['module_address'] : '',
    action: Object.hasOwn(actionNames, actions) ? (actionNames[actions] ?? 'other') : 'other',
    actions: list.join('/'),
    ...(typeof previous === 'string' && previous !== address ? { previousAddress: previous } : {}),
    importing: isRecord(change['importing']),
    deposed: typeof item['deposed'] === 'string',
    before: kept ? sideOf(change['before'], undefined, change['before_sensitive']) : {},
    after: kept ? sideOf(change['after'], change['after_unknown'], change['after_sensitive']) : {},
  };
};

const sideOf = (value: unknown, unknown: unknown, sensitive: unknown): Side =>
  isRecord(value) ? { value, unknown, sensitive } : {};

/** Whether it, or what it was, is there no longer. */
export const isLost = ({ action }: Change): boolean => action === 'delete' || action === 'replace';

/** Whether the plan does anything to it. */
export const isChanged = ({ action, importing, previousAddress }: Change): boolean =>
  action !== 'no-op' || importing || previousAddress !== undefined;
