import { diagnose } from '../../diagnostics/index.ts';
import { isList, placeOf, readItems, valueOr, type WrittenAssociation } from '../../parser/index.ts';
import { entriesOf } from '../entries.ts';
import type { CheckRule } from '../rule.ts';

/**
 * A scope is the cluster, or namespaces of which one at least is named. Source: EKS API reference, AccessScope; the API's answers
 * as measured in badmintoncryer/cdk-preflight, pf-eks-accessentry-access-scope.
 */
export const accessScopes: CheckRule = state =>
  entriesOf(state).flatMap(({ written, name }) =>
    readItems(written.associations).flatMap(association => {
      const problem = problemOf(association);
      if (problem === undefined) return [];
      const field = association.object.fields.get('access_scope');
      const at = field ? placeOf(field.piece) : association.range;
      return [diagnose('TAE722', { entry: name, association: association.key, problem }, at)];
    }),
  );

const problemOf = ({ scopeObject, scope, namespaces, object, resource }: WrittenAssociation): string | undefined => {
  if (!scopeObject) {
    // A resource may have its scope in a dynamic block.
    return object.whole && !object.fields.has('access_scope') && !resource ? 'has no access_scope' : undefined;
  }
  if (scope.kind === 'absent') return 'has an access_scope without a type';
  if (scope.kind === 'unreadable') return undefined;
  const isEmpty = valueOr(namespaces, [])?.length === 0;
  if (scope.value === 'namespace') return isEmpty ? 'has the scope namespace, and no namespace' : undefined;
  if (scope.value === 'cluster')
    return isList(namespaces) && !isEmpty ? 'has the scope cluster, and namespaces' : undefined;
  return `has the scope "${scope.value}", which EKS does not know`;
};
