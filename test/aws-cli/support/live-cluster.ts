export type LiveEntry = {
  readonly principalArn: string;
  readonly type: string;
  readonly username: string;
  readonly kubernetesGroups: readonly string[];
  readonly policies: readonly {
    readonly policyArn: string;
    readonly accessScope: { readonly type: string; readonly namespaces: readonly string[] };
  }[];
};

/** A cluster and what goes to it: what `aws` and `kubectl` of the tests tell and change. */
export type LiveCluster = {
  name: string;
  status: string;
  mode: string | null;
  endpoint: string;
  /** Where kubectl goes. */
  server: string;
  caller: string;
  entries: Record<string, LiveEntry>;
  configMap: Readonly<Record<string, string>>;
  update?: { readonly to: string; left: number };
  /** The next change of the mode ends as Failed. */
  updateFails?: boolean;
  /** Principals that IAM does not know. */
  missing?: readonly string[];
  /** Kubernetes and platform version. */
  versions?: readonly [version: string, platform: string];
  /** What IAM knows: ARNs by name. */
  roles?: Readonly<Record<string, string>>;
  users?: Readonly<Record<string, string>>;
  accessPolicies?: readonly string[];
  nodeGroups?: Readonly<Record<string, { readonly nodeRole: string; readonly amiType: string }>>;
  /** Pod execution roles by profile. */
  fargateProfiles?: Readonly<Record<string, string>>;
  /** Lines of the authenticator log; none where it is off. */
  log?: readonly string[];
  /** What `kubectl get nodes` prints. */
  nodes?: string;
  /** Images of Karpenter. */
  karpenter?: string;
  /** Objects in the cluster, and the resources that it knows. */
  objects?: readonly unknown[];
  resources?: readonly string[];
  /** Calls with these words end with an error of the service. */
  failing?: string;
};

export const entryOf = (principalArn: string, more: Partial<LiveEntry> = {}): LiveEntry => ({
  principalArn,
  type: 'STANDARD',
  username: 'x',
  kubernetesGroups: [],
  policies: [],
  ...more,
});

export const adminPolicy = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy';

export const adminPolicies: LiveEntry['policies'] = [
  { policyArn: adminPolicy, accessScope: { type: 'cluster', namespaces: [] } },
];

/** Whoever made the cluster has an admin entry from EKS. */
export const creator = 'arn:aws:iam::111122223333:role/platform/creator';

const endpoint = 'https://ABC.gr7.eu-central-1.eks.amazonaws.com';

export const liveCluster = (more: Partial<LiveCluster>): LiveCluster => ({
  name: 'demo',
  status: 'ACTIVE',
  mode: 'CONFIG_MAP',
  endpoint,
  server: endpoint,
  caller: 'arn:aws:sts::111122223333:assumed-role/creator/me',
  entries: { [creator]: entryOf(creator, { policies: adminPolicies }) },
  configMap: {},
  ...more,
});
