import { rows } from './module-versions.generated.ts';

/** A release of terraform-aws-modules/eks and the constraints in its versions.tf, and in those of the submodules that it calls. */
export type ModuleRelease = {
  readonly version: string;
  readonly terraform: string;
  readonly aws: string;
  /** The kubernetes provider, where the root module itself has one (17, 18.20 to 19.21). */
  readonly kubernetes?: string;
  /** The kubernetes provider of modules/aws-auth, where there is such a submodule (20.x). */
  readonly awsAuthKubernetes?: string;
};

/** Every release since 17.0.0, oldest first. */
export const moduleReleases: readonly ModuleRelease[] = rows.map(
  ([version, terraform, aws, kubernetes = '', awsAuthKubernetes = '']) => ({
    version,
    terraform,
    aws,
    ...(kubernetes === '' ? {} : { kubernetes }),
    ...(awsAuthKubernetes === '' ? {} : { awsAuthKubernetes }),
  }),
);

export const findRelease = (version: string): ModuleRelease | undefined =>
  moduleReleases.find(release => release.version === version);

/** What `terraform init -upgrade` would choose, of the releases known here. */
export const newestRelease = (admits: (version: string) => boolean): string | undefined =>
  moduleReleases.findLast(({ version }) => admits(version))?.version;

/**
 * The first release that changes the mode when asked to and does not replace the cluster.
 * Source: https://github.com/terraform-aws-modules/terraform-aws-eks/pull/3056
 */
export const firstUsable = '20.13.1';

/** The only releases with modules/aws-auth. Source: https://github.com/terraform-aws-modules/terraform-aws-eks/blob/master/docs/UPGRADE-21.0.md */
export const awsAuthSubmodule = { from: '20.0.0', to: '20.37.2' } as const;

/** Releases with a known fault, both ends included. `effect` completes "..., where". */
export type Window = { readonly from: string; readonly to: string; readonly effect: string };

/** Read from the tags, each at its two ends. Source: https://github.com/terraform-aws-modules/terraform-aws-eks/blob/master/CHANGELOG.md */
export const windows: readonly Window[] = [
  {
    from: '20.0.0',
    to: '20.11.0',
    effect: 'the cluster may be replaced, because bootstrap_cluster_creator_admin_permissions differs from the state',
  },
  {
    from: '20.11.1',
    to: '20.13.0',
    effect: 'a change of authentication_mode is silently ignored',
  },
  {
    from: '20.0.0',
    to: '20.0.0',
    effect: 'entries are keyed by entry and policy, and an entry without a policy is not created',
  },
  {
    from: '20.0.0',
    to: '20.1.0',
    effect: 'kubernetes_groups defaults to [], so every plan changes the entries of node types and EKS refuses that',
  },
  {
    from: '20.31.0',
    to: '20.33.0',
    effect: 'entries of the type EC2 cannot take policies',
  },
  {
    from: '21.0.0',
    to: '21.0.6',
    effect: 'the plan fails for an entry without policy_associations',
  },
];

// By place in the table: this room stands below the one that compares versions.
const releasesIn = ({ from, to }: Pick<Window, 'from' | 'to'>): readonly ModuleRelease[] => {
  const place = (version: string): number => moduleReleases.findIndex(release => release.version === version);
  return moduleReleases.slice(place(from), place(to) + 1);
};

/** The windows that hold a release which the constraint admits, each from the first such release to the last. */
export const windowsAdmitted = (admits: (version: string) => boolean): readonly Window[] =>
  windows.flatMap(window => {
    const admitted = releasesIn(window).filter(({ version }) => admits(version));
    const [first, last] = [admitted[0], admitted.at(-1)];
    return first && last ? [{ ...window, from: first.version, to: last.version }] : [];
  });
