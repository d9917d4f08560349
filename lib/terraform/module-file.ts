import type { Expression } from '../hcl/index.ts';
import { evaluate, type Scope } from './evaluate.ts';
import { pathInside } from './functions/files.ts';
import { knownString } from './value.ts';

/** A file that a function reads: its path as far as the source tells it, and its text where it was given. */
export const moduleFile = (name: Expression, scope: Scope): { readonly path?: string; readonly text?: string } => {
  const path = knownString(evaluate(name, scope.filePaths ?? scope));
  const inside = path === undefined ? undefined : pathInside(path);
  const text = inside === undefined ? undefined : scope.files?.get(inside);
  return { ...(path === undefined ? {} : { path: inside ?? path }), ...(text === undefined ? {} : { text }) };
};
