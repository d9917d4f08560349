import { attribute, blocks, stringValue, unwrapParentheses, type Expression } from '../../../hcl/index.ts';
import { referencesOf, type PlacedBlock } from '../../../terraform/index.ts';

/** The arguments that hold the data of the ConfigMap. */
const dataArguments = new Set(['all', 'data', 'manifest', 'object', 'yaml_body']);

/** Whether Terraform leaves a part of the data alone once the object is there. */
export const ignoresData = ({ body }: Pick<PlacedBlock, 'body'>): boolean =>
  blocks(body, 'lifecycle').some(lifecycle => {
    const found = attribute(lifecycle.body, 'ignore_changes');
    return found !== undefined && namesOf(unwrapParentheses(found.value)).some(name => dataArguments.has(name));
  });

const namesOf = (expression: Expression): readonly string[] => {
  if (expression.kind === 'tuple') return expression.items.flatMap(namesOf);
  const text = stringValue(expression);
  return text === undefined ? referencesOf(expression).map(({ path }) => path[0] ?? '') : [text.split(/[.[]/)[0] ?? ''];
};

/** Whether a destroy of what is in the source is refused; once the block is gone, nothing refuses it. */
export const preventsDestroy = ({ body }: Pick<PlacedBlock, 'body'>): boolean =>
  blocks(body, 'lifecycle').some(lifecycle => {
    const found = attribute(lifecycle.body, 'prevent_destroy');
    return found !== undefined && !(found.value.kind === 'bool' && !found.value.value);
  });
