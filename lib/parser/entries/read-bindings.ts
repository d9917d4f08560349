import { z } from 'zod';
import { parseJson } from '../../terraform/json-syntax.ts';
import { diagnose, Refusal } from '../../diagnostics/index.ts';
import { text, textOrNone } from './snapshot-documents.ts';

/** A ClusterRoleBinding or RoleBinding, and the users and groups it is for. A service account is a user with a name of its own. */
export type Binding = {
  /** For messages: `ClusterRoleBinding view`, or `RoleBinding team/view`. */
  readonly name: string;
  readonly users: readonly string[];
  readonly groups: readonly string[];
};

const kinds = ['ClusterRoleBinding', 'RoleBinding'] as const;

const listSchema = z.object({
  kind: z.literal('List'),
  metadata: z.object({ continue: textOrNone }).optional().catch(undefined),
  items: z.array(z.unknown()),
});

const kindSchema = z.object({ kind: z.enum(kinds) });

const bindingSchema = kindSchema
  .extend({
    metadata: z.object({ name: text, namespace: textOrNone }),
    subjects: z.array(z.object({ kind: textOrNone, name: textOrNone, namespace: textOrNone }).catch({})).catch([]),
  })
  .transform(({ kind, metadata: { name, namespace }, subjects }): Binding => {
    const ofKind = (wanted: string): string[] =>
      subjects.filter(subject => subject.kind === wanted).flatMap(subject => subject.name ?? []);
    const serviceAccounts = subjects.flatMap(subject =>
      subject.kind === 'ServiceAccount' && subject.name !== undefined
        ? `system:serviceaccount:${subject.namespace ?? namespace ?? ''}:${subject.name}`
        : [],
    );
    return {
      name: `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`,
      users: [...ofKind('User'), ...serviceAccounts],
      groups: ofKind('Group'),
    };
  });

/**
 * Reads `kubectl get clusterrolebindings,rolebindings -A -o json`. Every cluster has bindings of both kinds, so a list without one of
 * them is a part. Throws a Refusal with TAE023 for anything else.
 * Source: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects,
 * https://github.com/kubernetes/kubernetes/blob/master/pkg/registry/rbac/validation/rule.go (appliesToUser)
 */
export const readBindings = (file: string, source: string): readonly Binding[] => {
  const refuse = (reason: string): never => {
    throw new Refusal(diagnose('TAE023', { path: file, reason }));
  };
  const root = parseJson(source);
  if (root === undefined) refuse('it is no JSON');
  const { items, metadata } = listSchema.safeParse(root).data ?? refuse('it is no List');
  if (metadata?.continue !== undefined) refuse('it is one page of several; leave --chunk-size and --limit out');
  const found = items.map(item => kindSchema.safeParse(item).data?.kind);
  for (const kind of kinds) if (!found.includes(kind)) refuse(`it holds no ${kind}`);
  return items.map(
    (item, index) => bindingSchema.safeParse(item).data ?? refuse(`items[${index}] is no binding with a name`),
  );
};
