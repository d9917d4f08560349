import { stringValue, unwrapParentheses, type Expression } from '../../hcl/index.ts';
import { evaluatesToFalse, referencesOf, type RootModule } from '../../terraform/index.ts';

/** True or false where it is written out, as a text too, which Terraform takes for what it says. */
export const writtenBool = (expression: Expression): boolean | undefined => {
  const value = unwrapParentheses(expression);
  if (value.kind === 'bool') return value.value;
  const text = stringValue(value);
  return text === 'true' || text === 'false' ? text === 'true' : undefined;
};

/** An argument that is null is as one that is not there. */
export const isNull = (expression: Expression): boolean => unwrapParentheses(expression).kind === 'null';

/** Whether it is false, as it is written or by locals. */
export const isFalse = (module: RootModule, expression: Expression): boolean => {
  const written = writtenBool(expression);
  return written === undefined ? evaluatesToFalse(expression, module) : !written;
};

/** Whether it is a local that is true, as it is written or by another local. */
export const isTrueLocal = ({ locals }: RootModule, given: Expression): boolean => {
  const seen = new Set<string>();
  for (let here = given; ;) {
    const [root, name = '', ...more] = here.kind === 'get' ? (referencesOf(here)[0]?.path ?? []) : [];
    const local = root === 'local' && more.length === 0 && !seen.has(name) ? locals.get(name) : undefined;
    if (!local) return writtenBool(here) === true;
    seen.add(name);
    here = local.value;
  }
};
