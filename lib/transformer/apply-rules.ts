import type { Row } from '../parser/index.ts';
import type { Context } from './context.ts';
import type { Draft } from './draft.ts';
import { draftOf } from './draft-of.ts';
import { rules } from './rules/index.ts';

/** Rows after all rules, in their order. */
export const applyRules = (rows: readonly Row[], context: Context): readonly Draft[] => {
  const start: readonly Draft[] = rows.map(row => draftOf(row, context));
  return rules.reduce((drafts, [, rule]) => rule(drafts, context), start);
};
