import type { Code } from '../diagnostics/index.ts';

/** The config of a root module, beside it, or of several, in a directory above them. */
export const configName = 'tf-access-entries.config.json';

/** That file, checked. What a person decided and the source cannot say. */
export type Config = {
  readonly $schema?: string;
  /** The release of the eks module, where the source does not tell. */
  readonly moduleVersion?: string;
  readonly clusterName?: string;
  /** The IAM identity that runs Terraform. */
  readonly runner?: string;
  /** The home region of IAM Identity Center. */
  readonly ssoRegion?: string;
  /** Where entries are written. */
  readonly emit?: 'module' | 'resources' | 'aws-cli';
  /** One revision for all environments of the source, in which a variable says at which phase each is. */
  readonly perEnvironment?: boolean;
  readonly accept?: readonly AcceptDecision[];
  readonly drop?: readonly DropDecision[];
  /** By the principal as it stands in the source. */
  readonly principals?: Readonly<Record<string, PrincipalDecision>>;
  /** By the group as it stands in the source. */
  readonly groups?: Readonly<Record<string, GroupDecision>>;
  /** By the address of an aws-auth call: the address of the eks call it belongs to. `config-map` is the live ConfigMap. */
  readonly pair?: Readonly<Record<string, string>>;
};

export type AcceptDecision = { readonly principal: string; readonly code: Code; readonly reason: string };

/** An account of `aws_auth_accounts` is dropped by its id. */
export type DropDecision = { readonly principal: string; readonly reason: string };

/** `policies` take the place of what the row says about system:masters (of the whole cluster without `scope`). */
export type PrincipalDecision = {
  readonly key?: string;
  readonly arn?: string;
  readonly policies?: readonly string[];
  readonly scope?: GroupScope;
};

/** What a group becomes: exactly one of another group, nothing, or an access policy (of the whole cluster without `scope`). */
export type GroupDecision = {
  readonly group?: string;
  readonly drop?: true;
  readonly policy?: string;
  readonly scope?: GroupScope;
};

export type GroupScope =
  { readonly type: 'cluster' } | { readonly type: 'namespace'; readonly namespaces: readonly string[] };
