import { diagnose, type Range } from '../../diagnostics/index.ts';
import { impliedGroup, isNodeGroup, looksLikeMasters, nodeGroups, reservedPrefix } from '../../eks/index.ts';
import { entryType, placeOf, resolve, type Piece } from '../../parser/index.ts';
import { evaluate, knownHead, knownString, type RootModule } from '../../terraform/index.ts';
import { entriesOf } from '../entries.ts';
import type { CheckRule } from '../rule.ts';

/**
 * EKS refuses these groups, whatever they are bound to. Entries of node types take no groups at all, which is another rule's.
 * Sources: terraform-aws-modules/eks issue 2915; awsdocs/amazon-eks-user-guide issue 985.
 */
export const reservedGroups: CheckRule = state =>
  entriesOf(state).flatMap(entry => {
    const field = entry.written.object.fields.get('kubernetes_groups');
    const type = entryType(entry.written);
    if (!field || (type !== undefined && type !== 'STANDARD')) return [];
    return itemsOf(entry.module, field.piece).flatMap(({ text, range }) => {
      const prefix = reservedPrefix(text);
      if (prefix === undefined) return [];
      return [diagnose('TAE706', { entry: entry.name, group: text, prefix, instead: instead(text) }, range)];
    });
  });

/** The items of a list, each as far as it is known and where it stands. */
const itemsOf = (module: RootModule, piece: Piece): readonly { readonly text: string; readonly range: Range }[] => {
  const found = resolve(module, piece);
  if (found.expression.kind === 'tuple') {
    return found.expression.items.map(expression => {
      const value = evaluate(expression, module.scope);
      return { text: knownString(value) ?? knownHead(value), range: placeOf({ ...found, expression }) };
    });
  }
  const value = evaluate(found.expression, module.scope);
  if (value.kind !== 'list') return [];
  return value.items.map(item => ({ text: knownString(item) ?? knownHead(item), range: placeOf(piece) }));
};

const instead = (group: string): string => {
  if (looksLikeMasters(group)) return 'Take it out and associate AmazonEKSClusterAdminPolicy with the entry.';
  if (group === impliedGroup) return 'Every user that is let in has it. Take it out.';
  if (group === nodeGroups.windows) return 'The entry of a Windows node role has the type EC2_WINDOWS and no groups.';
  if (isNodeGroup(group)) return 'The entry of a node role has a node type, such as EC2_LINUX, and no groups.';
  return 'Bind what it may do to a group of your own (a ClusterRoleBinding), and name that one.';
};
