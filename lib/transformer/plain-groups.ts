import { looksLikeMasters, reservedPrefix, templatesIn } from '../eks/index.ts';
import { unwrapParentheses, type Expression } from '../hcl/index.ts';
import { evaluate, knownString, type Scope } from '../terraform/index.ts';

/**
 * Whether a conditional gives groups that an access entry takes, whichever way it goes. Then it can stay as it is: each of its
 * lists is known, and none has a group that something has to become of.
 */
export const hasPlainGroups = (expression: Expression, scope: Scope): boolean => {
  const inner = unwrapParentheses(expression);
  if (inner.kind === 'conditional') return hasPlainGroups(inner.then, scope) && hasPlainGroups(inner.else, scope);
  const value = evaluate(inner, scope);
  return value.kind === 'list' && value.items.map(knownString).every(isPlain);
};

const isPlain = (group: string | undefined): boolean =>
  group !== undefined &&
  reservedPrefix(group) === undefined &&
  templatesIn(group).length === 0 &&
  !looksLikeMasters(group);
