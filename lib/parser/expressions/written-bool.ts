import { stringValue, unwrapParentheses, type Expression } from '../../hcl/index.ts';

/** True or false where it is written out, as a text too, which Terraform takes for what it says. */
export const writtenBool = (expression: Expression): boolean | undefined => {
  const value = unwrapParentheses(expression);
  if (value.kind === 'bool') return value.value;
  const text = stringValue(value);
  return text === 'true' || text === 'false' ? text === 'true' : undefined;
};
