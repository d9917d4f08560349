import { mentionsRoute, namesAuthFile } from '../parser/routes/routes.ts';

/**
 * What a file has in it that a finding can be about: the module family, aws-auth, access entries, Auto Mode, comments for this tool. An escape
 * in a string may stand for any of them. Everything that `check` looks for has a text that this finds.
 */
const pattern =
  /eks\\?\/aws|compute_config|terraform-aws-eks|aws[-_]auth|access_?(entr|polic)|iamidentitymapping|mapRoles|rolearn|userarn|kube(rnetes|ctl)_manifest|tf-access-entries|\\u[0-9a-f]{4}/i;

/** Whether a file can be of interest to `check`. A root module none of whose files is has no findings. */
export const concernsAccess = (text: string): boolean =>
  pattern.test(text) || mentionsRoute(text) || namesAuthFile(text);
