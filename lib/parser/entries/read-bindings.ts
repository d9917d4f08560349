import { diagnose, Refusal } from '../../diagnostics/index.ts';
import { isRecord, text, type JsonRecord } from './snapshot.ts';

/** A ClusterRoleBinding or RoleBinding, and the users and groups it is for. */
export type Binding = {
  /** For messages: `ClusterRoleBinding view`, or `RoleBinding team/view`. */
  readonly name: string;
  readonly users: readonly string[];
  readonly groups: readonly string[];
};

/**
 * Reads `kubectl get clusterrolebindings,rolebindings -A -o json`. Every cluster has bindings of both kinds, so a list without one of
 * them is a part. Throws a Refusal with TAE023 for anything else.
 * Source: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects
 */
export const readBindings = (file: string, source: string): readonly Binding[] => {
  const refuse = (reason: string): never => {
    throw new Refusal(diagnose('TAE023', { path: file, reason }));
  };
  const root = parse(source, refuse);
  if (!isRecord(root) || root['kind'] !== 'List' || !Array.isArray(root['items'])) return refuse('it is no List');
  if (isRecord(root['metadata']) && text(root['metadata']['continue']) !== undefined) {
    return refuse('it is one page of several; leave --chunk-size and --limit out');
  }
  const items: readonly unknown[] = root['items'];
  for (const kind of ['ClusterRoleBinding', 'RoleBinding']) {
    if (!items.some(item => isRecord(item) && item['kind'] === kind)) return refuse(`it holds no ${kind}`);
  }
  return items.map((item, index) => {
    const binding = isRecord(item) ? readBinding(item) : undefined;
    return binding ?? refuse(`items[${index}] is no binding with a name`);
  });
};

const parse = (source: string, refuse: (reason: string) => never): unknown => {
  try {
    return JSON.parse(source.replace(/^\ufeff/, ''));
  } catch {
    return refuse('it is no JSON');
  }
};

const readBinding = (item: JsonRecord): Binding | undefined => {
  const { kind, metadata, subjects } = item;
  if ((kind !== 'ClusterRoleBinding' && kind !== 'RoleBinding') || !isRecord(metadata)) return undefined;
  const name = text(metadata['name']);
  if (name === undefined) return undefined;
  const namespace = text(metadata['namespace']);
  const named = Array.isArray(subjects) ? subjects.filter(isRecord) : [];
  const ofKind = (wanted: string): string[] =>
    named.filter(subject => subject['kind'] === wanted).flatMap(subject => text(subject['name']) ?? []);
  return {
    name: `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`,
    users: ofKind('User'),
    groups: ofKind('Group'),
  };
};
