/**
 * A default that a major version changed, where the change moves access, or replaces or destroys something. It is written
 * out in the upgrade so that nothing changes by itself.
 */
export type PinnedDefault = {
  /** The version that changed it. */
  readonly to: 20 | 21;
  /** `karpenter`; `''` is the root module. */
  readonly submodule: string;
  /** The input of the new version. It is written where the call does not have it, once its arguments are renamed. */
  readonly name: string;
  /**
   * What the old version did, as HCL. `${cluster_name}` inside the quotes stands for the call's own `cluster_name`. Absent where
   * the new version has the same default and only `follows` differs.
   */
  readonly value?: string;
  /** Arguments of the old version that decided this as well; the first one that the call has comes before `value`. */
  readonly follows?: readonly string[];
  readonly why: string;
};

const replaced = 'with another name the policy is replaced, and the controller is without it meanwhile';

/**
 * Of version 20. Source, as for the others: variables.tf and main.tf of the root module and of modules/karpenter at the tags
 * v19.21.0, v20.37.2 and v21.19.0; https://github.com/terraform-aws-modules/terraform-aws-eks/blob/v20.37.2/docs/UPGRADE-20.0.md
 */
const karpenter: readonly Omit<PinnedDefault, 'to' | 'submodule'>[] = [
  {
    name: 'enable_irsa',
    value: 'true',
    why: 'the trust policy would no longer name the OIDC provider, and the controller could not assume its role',
  },
  {
    name: 'enable_pod_identity',
    value: 'false',
    why: 'the trust policy would let EKS Pod Identity hand out the role of the controller',
  },
  {
    name: 'create_instance_profile',
    value: 'true',
    why: 'the instance profile of the nodes would be destroyed',
  },
  {
    name: 'iam_role_name',
    value: '"KarpenterIRSA-${cluster_name}"',
    why: 'with another name the role of the controller is replaced, and its ARN changes',
  },
  {
    name: 'iam_role_description',
    value: '"Karpenter IAM role for service account"',
    why: 'the role of the controller would change',
  },
  {
    name: 'iam_policy_name',
    value: '"KarpenterIRSA-${cluster_name}"',
    follows: ['irsa_name'],
    why: replaced,
  },
  {
    name: 'iam_policy_path',
    follows: ['irsa_path'],
    why: 'with another path the policy is replaced, and the controller is without it meanwhile',
  },
  {
    name: 'iam_policy_description',
    value: '"Karpenter IAM role for service account"',
    follows: ['irsa_description'],
    why: 'with another description the policy is replaced, and the controller is without it meanwhile',
  },
];

export const pinnedDefaults: readonly PinnedDefault[] = [
  {
    to: 20,
    submodule: '',
    name: 'kms_key_enable_default_policy',
    value: 'false',
    why: 'the policy of the key that encrypts secrets would let IAM policies of the account grant its use',
  },
  ...karpenter.map(pin => ({ ...pin, to: 20, submodule: 'karpenter' }) as const),
  {
    to: 21,
    submodule: 'karpenter',
    name: 'create_pod_identity_association',
    value: 'false',
    why: 'EKS Pod Identity would hand out the role of the controller to kube-system/karpenter, or the association exists already',
  },
];
