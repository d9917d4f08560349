/** The functions of gates.sh that ask a cluster: what a gate may call. Each is in templates/shell. */
export const checks = [
  'admin_outside',
  'caller_is_admin',
  'config_map_is',
  'config_map_is_empty',
  'context_is_cluster',
  'entry_is',
  'entry_type_is',
  'has_node_entry',
  'in_state',
  'karpenter_is',
  'keep_config_map',
  'masters_named',
  'mode_is',
  'mode_may_stay',
  'no_changes',
  'no_entry',
  'node_entries',
  'nodes_are_ready',
  'planned_principals',
  'platform_version',
  'policies_exist',
  'principal_exists',
  'signed_in_by_entries',
  'sso_role_exists',
] as const;

export type Check = (typeof checks)[number];
