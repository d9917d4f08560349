/** What a principal has: from its row, from its account, or from its entry. */
export type Rights = {
  readonly username: string;
  readonly groups: readonly string[];
  /** system:masters, or AmazonEKSClusterAdminPolicy for the whole cluster. Undefined where the snapshot does not say. */
  readonly admin: boolean | undefined;
  readonly policies: readonly string[];
};

/** One thing that is granted. */
export type Grant = {
  readonly kind: 'access' | 'username' | 'group' | 'admin' | 'policy';
  /** The name of the user, the group or the policy. */
  readonly name: string;
};

/** For messages. */
export const grantText = ({ kind, name }: Grant): string =>
  ({
    access: 'access',
    username: `the username ${name || '""'}`,
    group: `the group ${name || '""'}`,
    admin: 'cluster-admin',
    policy: name,
  })[kind];
