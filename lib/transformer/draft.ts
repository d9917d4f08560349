import type { Diagnostic } from '../diagnostics/index.ts';
import { type Row } from '../parser/index.ts';
import type { Reference } from '../terraform/index.ts';
import { waysToSettle } from './decisions.ts';
import type { Disposition, EntryType, FoundEntry, PolicyAssociation, RowGrants, RowOutcome } from './entry.ts';
import type { Principal } from './principal.ts';

/** A username or a group of a row: its HCL source, its text where it is known, and the known beginning of that. */
export type Name = { readonly source: string; readonly text?: string; readonly head: string };

/** A row on its way through the rules. A rule returns a new draft; `outcome` ends the way. */
export type Draft = {
  readonly row: Row;
  /** Absent where the row names none. */
  readonly principal?: Principal;
  /** How messages name the row. */
  readonly name: string;
  readonly outcome?: Outcome;
  readonly diagnostics: readonly Diagnostic[];
  /** The principal of the entry, after the path is back: HCL source, the ARN where it is known, and what it refers to. */
  readonly principalSource: string;
  readonly principalArn?: string;
  readonly references: readonly Reference[];
  readonly lookup?: { readonly roleName: string; readonly account: string };
  readonly type: EntryType;
  readonly username?: Name;
  readonly groups: readonly Name[];
  /** The expression of the whole list, where the author wrote one that is not a list in brackets. */
  readonly groupsExpression?: string;
  /** Which groups the expression gives a plan decides; none of them needs a rule. */
  readonly groupsStay?: true;
  readonly policies: readonly PolicyAssociation[];
  readonly cycleVia?: string;
  /** Set on rows of one principal under different conditions: their entries have one key, and the last that is there counts. */
  readonly alternativeOf?: string;
  /** An entry of the principal that exists already: whatever the row says, the entry is what counts. */
  readonly existing?: FoundEntry;
  /** The live rows of its principal, whatever the rules make of the row; absent where only a plan knows who that is. */
  readonly liveRows?: readonly Row[];
  /** The live ConfigMap has the row: what it grants is in force, whatever the flags of the call say. */
  readonly isLive?: true;
} & DraftFacts;

/** What becomes known of a row on its way, and is told with its outcome. */
export type DraftFacts = Pick<RowOutcome, 'liveRow' | 'isDroppedByConfig'>;

export type Outcome = { readonly disposition: Disposition; readonly reason: string };

export const isOpen = (draft: Draft): boolean => draft.outcome === undefined;

export const add = (draft: Draft, ...diagnostics: readonly Diagnostic[]): Draft => ({
  ...draft,
  diagnostics: [...draft.diagnostics, ...diagnostics],
});

export const end = (
  draft: Draft,
  disposition: Disposition,
  reason: string,
  ...diagnostics: readonly Diagnostic[]
): Draft => ({
  ...add(draft, ...diagnostics),
  outcome: { disposition, reason },
});

/** Ends a row as blocked; the reason in the report is the diagnostic's own message. `group`: the one that it is about. */
export const block = (draft: Draft, diagnostic: Diagnostic, group?: string): Draft => {
  const decisions = waysToSettle(draft, diagnostic, group);
  return end(draft, 'blocked', diagnostic.message, decisions.length === 0 ? diagnostic : { ...diagnostic, decisions });
};

/** What the row grants, once the rules have looked at it. */
export const grantsOf = ({ type, policies, groups, groupsStay, row, username }: Draft): RowGrants => ({
  type,
  policies,
  groups: groups.flatMap(({ text }) => text ?? []),
  hasUnknownGroups:
    groupsStay === true || row.groups?.value.kind === 'unknown' || groups.some(({ text }) => text === undefined),
  ...(username?.text === undefined ? {} : { username: username.text }),
});
