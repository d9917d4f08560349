/**
 * What version 21 wants of values that version 20 took as `any`: another kind fails the plan, a key that is not in the type is
 * dropped without a word. Source: variables.tf at v20.37.2 and v21.19.0; docs/UPGRADE-21.0.md of terraform-aws-modules/eks.
 */

/** Keys of `access_entries`, the same at every release since 20.0.0. */
export const entryKeys = ['principal_arn', 'kubernetes_groups', 'user_name', 'type', 'tags', 'policy_associations'];
export const associationKeys = ['policy_arn', 'access_scope'];
export const scopeKeys = ['type', 'namespaces'];

export type Kind = 'map' | 'list';

export const entryKinds: Readonly<Record<string, Kind>> = {
  kubernetes_groups: 'list',
  tags: 'map',
  policy_associations: 'map',
};
export const scopeKinds: Readonly<Record<string, Kind>> = { namespaces: 'list' };

/** Of node groups and Fargate profiles. */
export const groupKinds: Readonly<Record<string, Kind>> = {
  block_device_mappings: 'map',
  license_specifications: 'list',
  selectors: 'list',
  taints: 'map',
};

/** What a group without the argument had in version 20, where version 21 has another default that changes its nodes. */
export const oldGroupDefaults: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'modules/eks-managed-node-group': {
    ami_type: 'as aws eks describe-nodegroup prints it',
    enable_monitoring: 'true',
    metadata_options: '{ http_endpoint = "enabled", http_tokens = "required", http_put_response_hop_limit = 2 }',
    use_latest_ami_release_version: 'false',
  },
  'modules/self-managed-node-group': {
    ami_type: '"AL2_x86_64"',
    enable_monitoring: 'true',
    metadata_options: '{ http_endpoint = "enabled", http_tokens = "required", http_put_response_hop_limit = 2 }',
    min_size: '0',
  },
};
