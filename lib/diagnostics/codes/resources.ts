import { blocker, warning } from './definition.ts';

/** TAE229-TAE236, TAE447-TAE449: resources that write aws-auth themselves. */
export const resourceCodes = {
  TAE229: blocker('remove-aws-auth')<{ list: string; resource: string; why: string }>(
    'Rows of a resource that cannot be read',
    ({ list, resource, why }) => `${list} of ${resource} cannot be read: ${why}. Which rows it has is not known.`,
    ({ list }) =>
      list === 'data'
        ? 'Write the data out in the resource: data = { mapRoles = yamlencode([...]) }. Apply that first: it changes no row.'
        : `Write the list as ${list} = yamlencode([...]), with the expressions as they are. Apply that first: it changes no row.`,
  ),
  TAE230: blocker('remove-aws-auth')(
    'Something needs the resource that writes aws-auth',
    '{resource} cannot be given count = 0: {reference} refers to it, and would find no instance.',
    'Remove that reference. A depends_on may stay until phase 5.',
  ),
  TAE447: warning(
    'Changes of the data are ignored',
    '{resource} has its data in ignore_changes: the source has the rows of its creation, and the live ConfigMap may differ.',
    'Compare with `kubectl get configmap aws-auth -n kube-system -o yaml` before phase 2, or give that with --aws-auth.',
  ),
};
