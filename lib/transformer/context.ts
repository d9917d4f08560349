import type { Config, PrincipalDecision } from '../config/index.ts';
import { diagnose, type Diagnostic } from '../diagnostics/index.ts';
import { parsePrincipalArn } from '../eks/index.ts';
import type { Cluster, Emit, Mapping, Row, Snapshot, Source } from '../parser/index.ts';
import { add, block, type Draft } from './draft.ts';
import { inOneLine } from './in-one-line.ts';
import { type Value, knownText } from '../terraform/index.ts';

/** What a person gives beside the source. */
export type TransformOptions = {
  readonly config: Config;
  readonly snapshot?: Snapshot;
  readonly ssoRegion?: string;
  readonly runner?: string;
  readonly clusterCreatorAdmin?: boolean;
  readonly emit?: Emit;
  /** Keys of entries that stand elsewhere and go into one map with these. */
  readonly takenKeys?: ReadonlySet<string>;
  /** Values of variables, for what is shown. */
  readonly variables?: ReadonlyMap<string, Value>;
};

/** The rows of the source beside those of the live ConfigMap. */
export type LiveMatch = {
  /** The live rows of a source row's principal; undefined where only a plan knows who that is. */
  readonly of: ReadonlyMap<Row, readonly Row[]>;
  /** Rows that the ConfigMap alone has. */
  readonly added: readonly Row[];
  /** Live rows that may be of an expression, or of a list, that only a plan knows. */
  readonly unmatched: readonly Row[];
};

/** What the rules may look at beside the rows. */
export type Context = TransformOptions & {
  readonly source: Source;
  /** The call that writes aws-auth; absent where its rows are known from the live ConfigMap alone. */
  readonly mapping?: Mapping;
  readonly cluster: Cluster;
  /** The Terraform module converts the rows, when it plans. */
  readonly byModule?: true;
  /** How the rows of the source stand beside those of the ConfigMap, where it was given. */
  readonly live?: LiveMatch;
};

/** A rule looks at the rows in order and returns them; most look at one row at a time. */
export type Rule = (drafts: readonly Draft[], context: Context) => readonly Draft[];

/** A rule for rows that are still open, one at a time. */
export const eachOpen =
  (rule: (draft: Draft, context: Context) => Draft): Rule =>
  (drafts, context) =>
    drafts.map(draft => (draft.outcome ? draft : rule(draft, context)));

/**
 * Blocks the row, unless the config accepts this code for this principal, or the principal has an entry already: then the row
 * decides nothing.
 */
export const blockUnlessAccepted = (draft: Draft, context: Context, diagnostic: Diagnostic): Draft =>
  draft.existing ? draft : unlessAccepted(draft, context, diagnostic);

/** Blocks the row, unless the config accepts this code for this principal. */
export const unlessAccepted = (draft: Draft, { config }: Context, diagnostic: Diagnostic): Draft => {
  const accepted = config.accept?.find(({ code, principal }) => code === diagnostic.code && names(draft, principal));
  if (!accepted) return block(draft, diagnostic);
  const { code, reason } = accepted;
  return add(draft, diagnose('TAE415', { principal: draft.name, code, reason }, draft.row.origin));
};

/**
 * Whether a config entry means this row: the principal as it is written, as it is known, or as the live ConfigMap has it. An expression
 * of several lines may be named as messages print it, in one.
 */
export const names = ({ principal, row, liveRows = [] }: Draft, named: string): boolean => {
  // The row has no principal that the source tells: it is called by its argument.
  const position = row.unclear === undefined ? undefined : row.argument;
  const wanted = inOneLine(named);
  return [
    principal?.text,
    principal?.source,
    row.principal?.source,
    knownText(row.principal?.value),
    position,
    ...liveRows.map(live => knownText(live.principal?.value)),
  ].some(text => text !== undefined && inOneLine(text) === wanted);
};

/** What the config decides for the row's principal. */
export const decisionFor = (draft: Draft, { principals = {} }: Config): PrincipalDecision | undefined =>
  Object.entries(principals).find(([name]) => names(draft, name))?.[1];

/** The account of whoever runs Terraform, which is taken for the cluster's. */
export const runnerAccount = ({ runner }: Pick<Context, 'runner'>): string | undefined =>
  parsePrincipalArn(runner)?.account;
