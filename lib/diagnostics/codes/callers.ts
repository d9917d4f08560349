import { blockedRow, blocker, note, refusedRequest, warning } from './definition.ts';

/** TAE270-TAE273, TAE275-TAE277, TAE288, TAE289 and TAE457-TAE459 and TAE775: a module that others call, and the rows that they hand to it. */
export const callerCodes = {
  TAE270: blockedRow<{ principal: string; wrapper: string; argument: string; waits: boolean }>(
    'No way to the entry from the caller',
    ({ principal, wrapper, argument, waits }) =>
      `${
        waits
          ? `${principal} waits for ${wrapper} itself, so that its entry cannot be handed to that module: Terraform would stop with a cycle.`
          : `The entry of ${principal} does not fit into ${argument} of ${wrapper}, which has several lines already and no merge(...).`
      } It needs a resource beside the call, and no output of the module is the name of the cluster.`,
    ({ argument, waits }) =>
      `${waits ? '' : `Write the value of ${argument} into a local, and that local into the call. Or `}${waits ? 'Add' : 'add'} an output with module.<eks>.cluster_name to the module, and run again: the entry is then written as aws_eks_access_entry in the caller.`,
  ),
  TAE271: blocker('add-access-entries')(
    'Some callers have moved their rows, and this one cannot',
    '{argument} of {call} is {what}. Other callers of the module hand over access entries for their rows already, so that the module cannot convert the same list for this one: their entries would be made twice.',
    'Write the rows of this call out, as the other callers do, so that the type of the variable leaves them as they are, and run again. In another repository, hand over entries in their place.',
  ),
  TAE272: refusedRequest<{ flag: string; callers: readonly string[] }>(
    'One cluster was given for several callers',
    ({ flag, callers }) =>
      `${flag} is of one cluster, and each caller of this module has one of its own: ${callers.join(', ')}.`,
    ({ flag }) =>
      flag === '--existing'
        ? 'Leave it out. Where gates.sh and `verify-access` have passed for the cluster of each caller, write phases 3 and 4 with --accept-unverified. Or give each caller a phase of its own, with --per-environment.'
        : 'Leave it out, and let `verify-access` compare the ConfigMap of each cluster with its entries before phase 3.',
  ),
  TAE273: blocker('add-access-entries')(
    'One principal has a row here and there',
    '{principal} has a row in {call} and one in the module itself. One of them counts in aws-auth, and an entry can be made once.',
    'Leave one of the two rows.',
  ),
  TAE275: warning<{ paths: readonly string[]; callers: readonly string[] }>(
    'Values of no caller',
    ({ paths, callers }) =>
      `${paths.join(', ')} ${paths.length === 1 ? 'does' : 'do'} not say how far anybody is: the phase is given in the calls of this module (${callers.join(', ')}), and none that hands a variable of its root module on is in the directory of such a file.`,
    'Leave --environments out where each call gives a number. Where a root module has several environments, name the files of values in its directory.',
  ),
  TAE276: blocker('add-access-entries')<{ variable: string; condition?: string; under?: string }>(
    'Entries of callers without the condition of their rows',
    ({ variable, condition, under }) =>
      condition === undefined
        ? `${variable} is part of access_entries only where ${under} holds, and the rows of the callers are in aws-auth whatever it is. Without aws-auth nobody of theirs would get in where it does not hold.`
        : `${variable} is part of access_entries whatever ${condition} is, and the rows of the callers are in aws-auth only where it holds. Their entries may let people in whom aws-auth does not let in.`,
    ({ variable, condition }) =>
      condition === undefined
        ? `Write ${variable} in its place. Where some entries need the condition, give the module a second variable for those, merged in behind it.`
        : `Where all in it may depend on the condition, write { for key, entry in ${variable} : key => entry if ${condition} } in its place. Otherwise give the module a second variable for the entries that do not, merged in behind that.`,
  ),
  TAE277: blocker('remove-aws-auth')<{
    writer: string;
    caller: string;
    who: string;
    isResource: boolean;
    byProvider: boolean;
  }>(
    'A caller writes aws-auth itself',
    '{writer} writes rows into aws-auth beside the call of this module: {who}. No phase here converts them. Once aws-auth is gone, or the mode is API, they grant nothing.',
    ({ caller, isResource, byProvider }) =>
      `${
        isResource
          ? `Convert them where they are, before phase 3 here: with the name of the cluster as clusterName in a config there, tf-access-entries convert ${caller} --emit resources writes the phases.`
          : 'Write the entries of those who need one, and take these rows out of the source before phase 3 here.'
      } ${
        byProvider
          ? 'Where they are of another cluster that this root module makes, let the kubernetes provider have its host from there; of any other, write them in another root module.'
          : 'Where they are of another cluster, write them in another root module.'
      }`,
  ),
  TAE457: note(
    'Rows of a caller that only a plan knows',
    '{argument} of {call} is {what}, so the rows of all callers stay in the old variable and are converted when Terraform plans.',
    'Where every caller writes its rows out, and the type of the variable leaves them as they are, they become entries in the callers, and nothing is left to plan time.',
  ),
  TAE288: warning(
    'Rows handed through a module to another one',
    '{call} hands {argument} to {target}, which hands it on to {further}. Rows of aws-auth in it are not checked here.',
    'Look where the module lies that makes the cluster: tf-access-entries check, and convert, of that directory. The rows that come to it through another module stay known to a plan alone.',
  ),
  TAE289: blocker('per-environment')<{ call: string; caller: string; roots: readonly string[] }>(
    'One number for several root modules',
    ({ call, caller, roots }) =>
      `${call} is not in a root module: ${roots.join(', ')} ${roots.length === 1 ? 'calls' : 'call'} ${caller}. A number that stands there is the phase of every cluster that comes of it.`,
    ({ caller }) =>
      `Declare the variable access_entries_phase in ${caller}, write access_entries_phase = var.access_entries_phase into its call and a number into the calls of the root modules, and run again. Or leave --per-environment out: the phases are then written one after another, for all at once.`,
  ),
  TAE458: note<{ callers: readonly string[] }>(
    'Rows move to the callers of the module',
    ({ callers }) =>
      `This module is called by ${callers.join(', ')}. Their rows become access entries in their calls, in the same phase as the module. A caller that is not among them, such as one of another repository, must hand over its entries before it takes phase 3.`,
  ),
  TAE459: note<{ name: string; callers: readonly string[]; clusters: readonly string[] }>(
    'One name for the clusters of several callers or environments',
    ({ name, callers, clusters }) =>
      `clusterName of the config is ${name}, and ${callers.length > 0 ? `each call of this module makes a cluster of its own: ${callers.join(', ')}` : `the values of each environment name ${clusters.join(', ')}`}. gates.sh and the runbook do not use that name.`,
    ({ callers }) =>
      `Take clusterName out of the config. Where the runbook asks for CLUSTER_NAME, set it to the cluster of the ${callers.length > 0 ? 'root module' : 'environment'} that you are in; where it makes several, run each gate in a shell for each.`,
  ),
  TAE775: warning<{ call: string; principal: string; rows: string; route: string; who: string; way: string }>(
    'Rows by way of a local module that writes aws-auth',
    ({ call, rows, route, who }) =>
      `${call} has ${rows}, which ${route} writes into aws-auth: ${who}. Access entries replace them.`,
    ({ way }) => way,
  ),
};
