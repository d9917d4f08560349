/** The part of the stand-in's world file that says who has access. Every list may be missing. */
export type World = {
  account?: string;
  partition?: string;
  /** The identity that runs Terraform. */
  runner?: string;
  /** Every IAM principal there is, with its real path. */
  principals?: readonly string[];
  options?: { creatorEntry?: boolean; [option: string]: unknown };
  clusters?: Readonly<Record<string, Cluster>>;
  configMaps?: Readonly<Record<string, ConfigMap>>;
  [other: string]: unknown;
};

export type Cluster = {
  mode?: string;
  creator?: string;
  /** bootstrapClusterCreatorAdminPermissions; missing means true. */
  bootstrap?: boolean | null;
  nodeRoles?: readonly { arn: string; kind: string }[] | null;
  entries?: Readonly<Record<string, Entry>> | null;
  [other: string]: unknown;
};

export type Entry = {
  type?: string;
  username?: string;
  groups?: readonly string[] | null;
  policies?: readonly Policy[] | null;
  by?: string;
};

export type Policy = { arn: string; scopeType: string; namespaces?: readonly string[] | null };

export type ConfigMap = { data?: Readonly<Record<string, string>> | null; owned?: readonly string[] };

/** A world of several clusters keeps the config maps of each under its name. */
export function awsAuthOf({ configMaps = {} }: World, clusterName: string): ConfigMap | undefined {
  return configMaps[`${clusterName}/kube-system/aws-auth`] ?? configMaps['kube-system/aws-auth'];
}
