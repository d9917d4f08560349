import { groupForms } from '../../eks/node-group-forms.ts';
import { attribute, quote } from '../../hcl/index.ts';
import { referencesOf, type RootModule } from '../../terraform/index.ts';
import { findModuleCalls } from '../clusters/module-call.ts';
import { placeOf, type Item, type Piece } from './piece.ts';
import { keysOf, resolve } from './resolve.ts';

/** Outputs of the eks module that have one member for each item of the argument of the same name. */
const outputs: readonly string[] = groupForms.map(({ argument }) => argument);

/**
 * `module.eks.eks_managed_node_groups`: what is in a group only a plan knows, which groups there are the call tells.
 * Source: terraform-aws-modules/eks 20 and 21, node_groups.tf and outputs.tf.
 */
export const groupItems = (module: RootModule, piece: Piece): readonly Item[] | undefined => {
  const [reference, other] = referencesOf(piece.expression);
  const [root, label, output = ''] = reference?.path ?? [];
  const isWhole = piece.expression.kind === 'get' && other === undefined && reference?.path.length === 3;
  if (!isWhole || root !== 'module' || !outputs.includes(output)) return undefined;
  const call = findModuleCalls(module).find(
    candidate => candidate.label === label && candidate.source.submodule === undefined,
  );
  const argument = call && attribute(call.block.body, output);
  if (!call || !argument) return undefined;
  const groups = resolve(module, { expression: argument.value, file: call.block.in });
  const names = groups.expression.kind === 'object' ? keysOf(module, groups.expression) : undefined;
  return names
    ? [...new Set(names)].toSorted().map(name => ({
        key: quote(name),
        value: {
          ...module.parseExpression(`${call.address}.${output}[${quote(name)}]`),
          at: placeOf(piece),
        },
        comments: [],
      }))
    : undefined;
};
