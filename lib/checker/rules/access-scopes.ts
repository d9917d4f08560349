import { diagnose } from '../../diagnostics/index.ts';
import { placeOf, type WrittenAssociation } from '../../parser/index.ts';
import type { RootModule } from '../../terraform/index.ts';
import { entriesOf, isAbsent, textOfField, valueOf } from '../entries.ts';
import type { CheckRule } from '../rule.ts';

/**
 * A scope is the cluster, or namespaces of which one at least is named. Source: EKS API reference, AccessScope; the API's answers
 * as measured in badmintoncryer/cdk-preflight, pf-eks-accessentry-access-scope.
 */
export const accessScopes: CheckRule = state =>
  entriesOf(state).flatMap(({ module, written, name }) =>
    (written.associations ?? []).flatMap(association => {
      const problem = problemOf(module, association);
      if (problem === undefined) return [];
      const field = association.fields.get('access_scope');
      const at = field ? placeOf(field.piece) : association.range;
      return [diagnose('TAE722', { entry: name, association: association.key, problem }, at)];
    }),
  );

const problemOf = (module: RootModule, association: WrittenAssociation): string | undefined => {
  const { scope, fields, whole } = association;
  if (!scope) return whole && !fields.has('access_scope') && written(association) ? 'has no access_scope' : undefined;
  const type = textOfField(module, scope, 'type');
  const namespaces = valueOf(module, scope, 'namespaces');
  const count = namespaces?.kind === 'list' ? namespaces.items.length : undefined;
  if (isAbsent(module, scope, 'type')) return 'has an access_scope without a type';
  if (type === 'namespace') {
    const none = count === 0 || isAbsent(module, scope, 'namespaces');
    return none ? 'has the scope namespace, and no namespace' : undefined;
  }
  if (type === 'cluster') return (count ?? 0) > 0 ? 'has the scope cluster, and namespaces' : undefined;
  return type === undefined ? undefined : `has the scope "${type}", which EKS does not know`;
};

/** A resource may have its scope in a dynamic block. */
const written = ({ fields }: WrittenAssociation): boolean => !fields.has('cluster_name');
