import type { Diagnostic, Range } from '../diagnostics/index.ts';
import type { Entry, Row } from '../parser/index.ts';

/** How a row ended. Every row ends as exactly one of these. */
export const dispositions = ['converted', 'left-to-eks', 'dropped', 'blocked'] as const;
export type Disposition = (typeof dispositions)[number];

/** `argument`: a key of `access_entries`. `resource`: standalone resources beside the module call. `command`: of a script. */
export const entryForms = ['argument', 'resource', 'command'] as const;
export type EntryForm = (typeof entryForms)[number];

export type EntryType = 'STANDARD' | 'EC2_LINUX' | 'EC2_WINDOWS' | 'FARGATE_LINUX' | 'HYBRID_LINUX';

/** `arn` is HCL source, and `partition` the one in it where the source tells it. `key` is the map key inside `policy_associations`. */
export type PolicyAssociation = {
  readonly key: string;
  readonly policyName: string;
  readonly arn: string;
  readonly partition?: string;
  readonly scope: 'cluster' | 'namespace';
  readonly namespaces: readonly string[];
};

/** The `aws_iam_roles` data source that finds a role's path at plan time. `account` is what stands for the account in the row: digits, or `${...}`. */
export type RoleLookup = { readonly label: string; readonly roleName: string; readonly account: string };

/** What a row becomes. Fields named `...Source` are HCL source, printed as they are. */
export type AccessEntry = {
  readonly key: string;
  /** The name of its resources and data sources: no other object of the root module has it. */
  readonly label: string;
  readonly form: EntryForm;
  readonly principalSource: string;
  /** The ARN with its path where the source tells it. */
  readonly principalArn?: string;
  readonly type: EntryType;
  readonly usernameSource?: string;
  /** Absent on node types: not even an empty list may be written there. */
  readonly groupsSource?: string;
  /** What the sources say, as text, where they tell all of it. */
  readonly rights?: { readonly username?: string; readonly groups: readonly string[] };
  readonly policies: readonly PolicyAssociation[];
  readonly guardSource?: string;
  readonly comments: readonly string[];
  readonly lookup?: RoleLookup;
  /** Why it is a standalone resource: the reference that would close the cycle. */
  readonly cycleVia?: string;
};

/** What a row grants, with what the config decides about it: an entry has to grant as much before the row goes. */
export type RowGrants = {
  readonly type: EntryType;
  readonly policies: readonly PolicyAssociation[];
  readonly groups: readonly string[];
  /** The source does not tell all the groups. */
  readonly hasUnknownGroups: boolean;
  /** Where the source tells it, and the row keeps it. */
  readonly username?: string;
};

export type RowOutcome = {
  readonly row: Row;
  readonly disposition: Disposition;
  /** One sentence, for the report. */
  readonly reason: string;
  /** The principal, as messages name it. */
  readonly name: string;
  readonly grants: RowGrants;
  readonly entry?: AccessEntry;
  readonly existing?: FoundEntry;
  /** The live ConfigMap has no such row, or one that grants something else; the next apply changes that. */
  readonly liveRow?: 'missing' | 'different';
  /** A person gave the row up by name. */
  readonly isDroppedByConfig?: true;
  readonly diagnostics: readonly Diagnostic[];
};

/**
 * An entry of the row's principal: in the source, by the module's creator flag, or in the live cluster. `words` name the place;
 * `unless` are its conditions, as HCL, where the row may be in force without them.
 */
export type FoundEntry = {
  readonly entry: Entry;
  readonly words: string;
  readonly range?: Range;
  readonly unless?: readonly string[];
};
