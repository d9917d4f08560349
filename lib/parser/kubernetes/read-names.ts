import { z } from 'zod';
import { diagnose, Refusal } from '../../diagnostics/index.ts';
import { looksAtGroups, mastersIn } from './names-masters.ts';
import { readObjects, type KubernetesObject } from './read-objects.ts';
import { textOrNone } from '../entries/snapshot-documents.ts';

/** A ClusterRoleBinding or RoleBinding, and the users and groups it is for. A service account is a user with a name of its own. */
export type Binding = {
  /** For messages: `ClusterRoleBinding view`, or `RoleBinding team/view`. */
  readonly name: string;
  readonly users: readonly string[];
  readonly groups: readonly string[];
};

/** An object that decides by the groups of a request, and names system:masters in these fields. */
export type NamesMasters = Pick<KubernetesObject, 'kind' | 'name' | 'called'> & { readonly places: readonly string[] };

/** What the cluster says about usernames and groups. */
export type NamesInCluster = { readonly bindings: readonly Binding[]; readonly masters: readonly NamesMasters[] };

const kinds = ['ClusterRoleBinding', 'RoleBinding'];

const subjectsSchema = z
  .array(z.object({ kind: textOrNone, name: textOrNone, namespace: textOrNone }).catch({}))
  .catch([]);

/**
 * Reads `kubectl get clusterrolebindings,rolebindings -A -o json`, and beside the bindings what decides by groups. Every cluster has
 * bindings of both kinds, so a list without one of them is a part. Throws a Refusal with TAE023 for anything else.
 */
export const readNames = async (file: string, source: string): Promise<NamesInCluster> => {
  const refuse = (reason: string): never => {
    throw new Refusal(diagnose('TAE023', { path: file, reason }));
  };
  const objects = await readObjects(source, refuse);
  for (const kind of kinds) if (!objects.some(object => object.kind === kind)) refuse(`it holds no ${kind}`);
  const others = objects.filter(object => !isBinding(object));
  const foreign = others.find(({ group }) => !looksAtGroups(group));
  if (foreign) refuse(`it holds a ${foreign.kind}, which is not looked at`);
  return {
    bindings: objects.filter(isBinding).map(bindingOf),
    // The policy of an administrator grants all that a binding can, so a binding of the group is no such object.
    masters: others
      .map(({ kind, name, called, fields }) => ({ kind, name, called, places: mastersIn(fields) }))
      .filter(({ places }) => places.length > 0),
  };
};

const isBinding = ({ kind }: KubernetesObject): boolean => kinds.includes(kind);

/**
 * Sources: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects,
 * https://github.com/kubernetes/kubernetes/blob/master/pkg/registry/rbac/validation/rule.go (appliesToUser)
 */
const bindingOf = ({ called, namespace, fields }: KubernetesObject): Binding => {
  const subjects = subjectsSchema.parse(fields['subjects']);
  const ofKind = (wanted: string): string[] =>
    subjects.filter(subject => subject.kind === wanted).flatMap(subject => subject.name ?? []);
  const serviceAccounts = subjects.flatMap(subject =>
    subject.kind === 'ServiceAccount' && subject.name !== undefined
      ? `system:serviceaccount:${subject.namespace ?? namespace ?? ''}:${subject.name}`
      : [],
  );
  return { name: called, users: [...ofKind('User'), ...serviceAccounts], groups: ofKind('Group') };
};
