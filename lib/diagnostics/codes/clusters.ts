import { blockedRow, blocker, warning } from './definition.ts';

/** TAE204, TAE206, TAE248, TAE274 and TAE278: clusters that have no access entries, or not those that the source has, or whose rows are not known. */
export const clusterCodes = {
  TAE204: blockedRow<{ call: string; clusters: string; other: { address: string; name: string } | undefined }>(
    'Mapping whose cluster is not clear',
    ({ call, clusters, other }) =>
      other
        ? `${call} writes aws-auth of the cluster "${other.name}", by its kubernetes provider (${other.address}), and that is not the name of ${clusters}.`
        : `${call} may belong to any of ${clusters}: neither its kubernetes provider nor a reference tells which.`,
    ({ call, clusters, other }) => {
      const pair = (cluster: string): string => `{ "pair": { "${call}": "${cluster}" } }`;
      if (other)
        return `Where it is the same cluster, say so in the config: ${pair(clusters.includes(',') ? '<the cluster>' : clusters)}. Else move it into a root module of its own, and its state with it, and convert that one with { "clusterName": "${other.name}", "emit": "resources" } in the config.`;
      const provider = call.startsWith('module.')
        ? 'Give the call `providers = { kubernetes = kubernetes.<alias> }`'
        : `Give the resource \`provider = ${call.split('_')[0] ?? ''}.<alias>\``;
      return `${provider} whose host comes from one of the clusters, or say it in the config: ${pair('<the cluster>')}.`;
    },
    ['{ "pair": { "<the aws-auth call>": "<the cluster>" } }'],
  ),
  TAE206: blocker('enable-api')(
    'count or for_each that two module calls do not share',
    '{call} has {argument}, and the call it belongs to does not have the same: it is not known which rows belong to which instance.',
    'Write the calls once for each cluster, with a `moved` block for each instance, or Terraform destroys what it has made. Or give both the same for_each, where each instance has the kubernetes provider of its cluster. A count of `condition ? 1 : 0` is understood.',
  ),
  TAE248: blocker('split-aws-auth')(
    'Local cluster on Outposts',
    '{call} is a local cluster on Outposts with Amazon EBS. EKS takes authenticationMode CONFIG_MAP there and no other, so access entries are not to be had.',
    'Leave aws-auth as it is. A cluster in the region whose nodes are on Outposts has no outpost_config, and can be migrated.',
  ),
  TAE274: blocker('enable-api')(
    'A change of the mode is ignored',
    '{cluster} has {ignored} in ignore_changes: Terraform changes nothing of the mode, so that what phases 1 and 4 write is never applied, and what the source has may not be the mode in force.',
    'Name in ignore_changes what else is to be left alone; of access_config only access_config[0].bootstrap_cluster_creator_admin_permissions may be. Write the mode in force. The plan of that must not change or replace the cluster. Apply it, and run again.',
  ),
  TAE278: warning(
    'One kubernetes provider for several clusters',
    'All instances of {call} have one kubernetes provider, so their rows are written into the ConfigMap of one cluster. Phase 2 gives the rows of each instance to its own cluster, where they may not be in force today.',
    'Compare the live ConfigMap of each cluster with its rows before phase 2, which lets in whom it lacks. Or write the calls once for each cluster, each with the provider of its cluster, first: with a `moved` block for each instance, or Terraform destroys the clusters.',
  ),
};
