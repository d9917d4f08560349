import { defined, diagnose, type Diagnostic, type Range } from '../diagnostics/index.ts';
import { sourceOf } from '../hcl/index.ts';
import {
  anyOf,
  isInForce,
  liveAlone,
  positionOf,
  readItems,
  switchesOf,
  type Cluster,
  type Mapping,
  type Row,
  type Source,
  titleOf,
  whenOf,
} from '../parser/index.ts';
import { applyRules } from './draft-of.ts';
import { type Context, type TransformOptions, decisionFor } from './context.ts';
import { grantsOf, isOpen, type Draft } from './draft.ts';
import { entryOf } from './entry-of.ts';
import type { AccessEntry, EntryForm, RowOutcome } from './entry.ts';
import { formOf, guardsIn } from './form.ts';
import { keysOf } from './keys.ts';
import { matchLive } from './match-live.ts';
import { planOf, type ListOutcome, type Planned } from './planned.ts';
import { principalText } from './principal.ts';

/**
 * What one mapping becomes. `cluster` is absent where it is not known which cluster it belongs to, `mapping` where the rows are
 * those of the live ConfigMap alone.
 */
export type Transformed = {
  readonly mapping?: Mapping;
  readonly cluster?: Cluster;
  readonly outcomes: readonly RowOutcome[];
  /** The entries to add: those of the converted rows that have none yet. */
  readonly entries: readonly AccessEntry[];
  /** The lists that Terraform converts. */
  readonly planned?: Planned;
  /** How the lists ended whose rows only a plan knows. */
  readonly lists: readonly ListOutcome[];
  /** Rows of the live ConfigMap that could not be told from those that only a plan knows. */
  readonly unmatched: readonly Row[];
  readonly switched?: Switched;
  readonly diagnostics: readonly Diagnostic[];
};

/** What switches aws-auth on and off, as HCL. `offIn`: the root module in which it is off, as messages call it; else empty. */
export type Switched = { readonly condition: string; readonly range: Range; readonly offIn: string };

export const transform = (source: Source, options: TransformOptions): readonly Transformed[] => [
  ...source.pairs.map(({ cluster, mapping }) => transformMapping({ source, ...options, cluster, mapping })),
  ...liveAlone(source).map(({ cluster }) => transformMapping({ source, ...options, cluster })),
  ...source.unpaired.map(unplaced),
];

/** Without a cluster there is nowhere to put an entry. The call has a diagnostic of its own. */
const unplaced = (mapping: Mapping): Transformed => ({
  mapping,
  outcomes: mapping.rows.map(row => ({
    row,
    disposition: 'blocked',
    reason: `which cluster ${mapping.address} belongs to is not known`,
    name: (row.principal && principalText(row.principal)) ?? positionOf(row),
    grants: { type: 'STANDARD', policies: [], groups: [], hasUnknownGroups: true },
    diagnostics: [],
  })),
  entries: [],
  lists: mapping.unread.map(list => ({ list, disposition: 'blocked' })),
  unmatched: [],
  diagnostics: [],
});

const transformMapping = (given: Omit<Context, 'live'>): Transformed => {
  const { mapping, cluster, source } = given;
  const { rows, unread } = mapping ?? { rows: [], unread: [] };
  const live = source.live?.cluster === cluster ? matchLive({ rows, unread }, source.live.rows, given) : undefined;
  const context: Context = { ...given, ...(live ? { live } : {}) };
  const drafts = applyRules([...rows, ...(live?.added ?? [])], context);
  const entries = entriesOf(drafts, context);
  const outcomes = drafts.map(draft => outcomeOf(draft, entries.get(draft)));
  const unmatched = live?.unmatched ?? [];
  const { planned, lists } = planOf(context, [...entries.values()]);
  const switched = mapping && switchOf(context, mapping, entries.size > 0 || planned !== undefined);
  return {
    ...(mapping ? { mapping } : {}),
    cluster,
    outcomes,
    entries: [...entries.values()],
    ...(planned ? { planned } : {}),
    lists,
    unmatched,
    ...defined({ switched }),
    diagnostics: [
      ...lists.flatMap(({ diagnostic }) => diagnostic ?? []),
      ...unmatchedRows(unmatched),
      ...(switched ? [saidOfSwitch(switched, titleOf(cluster), switched.offIn)] : []),
    ],
  };
};

export const saidOfSwitch = ({ condition, range }: Switched, cluster: string, offIn: string): Diagnostic =>
  diagnose('TAE426', { cluster, condition, offIn }, range);

/**
 * What switches aws-auth on and off becomes the condition of its entries, and means another thing then. Where phase 3 has taken it
 * off aws-auth, the entries tell which it was.
 */
const switchOf = ({ cluster, source }: Context, mapping: Mapping, adds: boolean): Switched | undefined => {
  const { create, createConfigMap, manageConfigMap } = mapping;
  const { wrapper } = cluster;
  const place = wrapper?.caller === '.' ? cluster.address : (wrapper?.caller ?? '');
  const by = (condition: string, range: Range): Switched => ({
    condition,
    range,
    offIn: wrapper?.isOff(condition) ? place : '',
  });
  if (!adds && switchesOf(source.module, cluster).length === 0) return undefined;
  // Where one of the two is on anyway, the other decides nothing; else either does.
  const writes = [createConfigMap, manageConfigMap];
  const deciding = create.source === undefined && !writes.some(one => one?.value === true) ? writes : [create];
  const sources = new Set(deciding.flatMap(one => one?.source ?? []));
  const at = deciding.findLast(one => one?.source !== undefined)?.attribute;
  if (at) return by(anyOf([...sources]), at.range);
  const when = wrapper ? wrapper.when : whenOf(mapping, cluster);
  if (when) return by(when.condition, when.range);
  if (isInForce(mapping) !== false) return undefined;
  const [left] = switchesOf(source.module, cluster, mapping);
  return left && { condition: left.path.join('.'), range: left.range, offIn: '' };
};

/** Said once: each of them is looked at by verify-access before aws-auth goes. */
const unmatchedRows = (rows: readonly Row[]): readonly Diagnostic[] => {
  const [first] = rows;
  if (!first) return [];
  const principals = rows.map(({ principal }) => principal && principalText(principal)).join(', ');
  return [diagnose('TAE442', { count: rows.length, principals }, first.origin)];
};

const entriesOf = (drafts: readonly Draft[], context: Context): ReadonlyMap<Draft, AccessEntry> => {
  const { cluster, config, source } = context;
  const open = drafts.filter(isOpen);
  const { argument, beside } = cluster.existing;
  const existing = [...cluster.existing.entries, ...(beside?.entries ?? [])];
  const unread = [...(argument ? cluster.existing.unread : []), ...(beside?.unread ?? [])];
  const taken = {
    keys: new Set([...existing.flatMap(({ key }) => key ?? []), ...(context.takenKeys ?? [])]),
    addresses: new Set(
      existing.flatMap(({ key, associations }) =>
        readItems(associations).map(association => `${key}_${association.key}`),
      ),
    ),
  };
  const own = argument ? sourceOf(argument.in.text, argument.value.range) : '';
  const prefix = unread.length > 0 ? freePrefix(own) : '';
  const decided = (draft: Draft): string | undefined => decisionFor(draft, config)?.key;
  const keys = keysOf(
    open.filter(draft => firstOf(open, draft) === draft),
    decided,
    taken,
  );
  const used = new Set(
    source.module.blocks.flatMap(({ labels: [type = '', label = ''] }) => (labelled.includes(type) ? [label] : [])),
  );
  const labels = new Map<Draft, string>();
  return new Map(
    open
      .toSorted((a, b) => userOfSeveral(a) - userOfSeveral(b))
      .map(draft => {
        const first = firstOf(open, draft);
        const base = keys.get(first) ?? 'entry';
        const form = context.emit === 'aws-cli' ? 'command' : formOf(draft, cluster);
        const key = form === 'argument' && decided(draft) === undefined ? `${prefix}${base}` : base;
        const label = labels.get(first) ?? freeLabel(key, draft, context, used);
        labels.set(first, label);
        return [draft, entryOf(draft, form, key, label, guardsIn(cluster, draft.row.guards, form))];
      }),
  );
};

/** The rows of one principal under different conditions share the key of the first. */
const firstOf = (open: readonly Draft[], draft: Draft): Draft =>
  draft.alternativeOf === undefined
    ? draft
    : (open.find(({ alternativeOf }) => alternativeOf === draft.alternativeOf) ?? draft);

/** In `merge` the last map that has a key counts, in aws-auth the roles beat the users. */
const userOfSeveral = ({ alternativeOf, row }: Draft): number =>
  alternativeOf !== undefined && row.list === 'users' ? 0 : 1;

/** A prefix that no key of an expression can have: it does not occur in its source. */
const freePrefix = (source: string): string => {
  let prefix = 'aws_auth_';
  for (let number = 2; source.includes(prefix); number++) prefix = `aws_auth_${number}_`;
  return prefix;
};

/** The types of what is written beside the module call. */
const labelled = ['aws_iam_roles', 'aws_eks_access_entry', 'aws_eks_access_policy_association'];

/** Resources and data sources share one namespace, which two clusters may fill. */
const freeLabel = (key: string, draft: Draft, { source, cluster }: Context, labels: Set<string>): string => {
  const base = source.clusters.length > 1 ? `${cluster.label}_${key}` : key;
  let label = base;
  const all = (name: string): readonly string[] => [name, ...draft.policies.map(policy => `${name}_${policy.key}`)];
  for (let suffix = 2; all(label).some(taken => labels.has(taken)); suffix++) label = `${base}_${suffix}`;
  for (const taken of all(label)) labels.add(taken);
  return label;
};

const reasons: Readonly<Record<EntryForm, string>> = {
  argument: 'as an access entry',
  resource: 'as standalone resources',
  command: 'by the script',
};

const outcomeOf = (draft: Draft, entry: AccessEntry | undefined): RowOutcome => ({
  row: draft.row,
  disposition: draft.outcome?.disposition ?? 'converted',
  reason: draft.outcome?.reason ?? reasons[entry?.form ?? 'argument'],
  name: draft.name,
  grants: grantsOf(draft),
  ...defined({
    entry,
    existing: draft.existing,
    liveRow: draft.liveRow,
    isDroppedByConfig: draft.isDroppedByConfig,
  }),
  diagnostics: draft.diagnostics,
});
