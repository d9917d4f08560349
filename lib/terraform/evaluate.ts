import { pathInside } from './path-inside.ts';
import { unwrapParentheses, type Call, type Expression } from '../hcl/index.ts';
import { evaluateExpression } from './evaluation/expression.ts';
import type { Scope } from './evaluation/scope.ts';
import { isLimited, withLimit, type Outcome } from './evaluation/work.ts';
import { unknown, type Value, knownString } from './value.ts';

export type { Scope } from './evaluation/scope.ts';

/** Enough for any expression that people write; half a second or so. */
const limit = 2_000_000;

/**
 * Evaluates as far as the source tells: what is known at plan time only is unknown, and so is what takes too much work or is
 * not certain to be the same in every version of Terraform. An expression that Terraform refuses is unknown too.
 * Source: the Terraform language's expressions (developer.hashicorp.com/terraform/language/expressions).
 */
export const evaluate = (expression: Expression, scope: Scope): Value => {
  const value = evaluateWithErrors(expression, scope);
  return value.kind === 'error' ? unknown : value;
};

/** As `evaluate`, with an `error` for what Terraform refuses. */
export const evaluateWithErrors = (expression: Expression, scope: Scope): Value => {
  const context = { scope, names: new Map<string, Value>(), evaluate: evaluateExpression };
  const { result, doubtful } = charged(scope, limit, () => evaluateExpression(expression, context), unknown);
  // What was not certain may have been an error, and that would be one of the whole; or an error may be none.
  return doubtful ? unknown : result;
};

/** More than a list of 20,000 rows takes. */
const readingLimit = 1_000_000;

/**
 * Does other work that goes through what is written, such as a list with all that it refers to. Undefined for what takes too
 * much or leads too deep. Inside of such work there is no further limit.
 */
export const withinWork = <T>(scope: Scope, work: () => T): T | undefined =>
  isLimited() ? work() : charged<T | undefined>(scope, readingLimit, work, undefined).result;

/** What is granted when nothing is left for the module: what is short is read all the same, ours above all. */
const least = 1000;

/** Work with a limit, which also counts against what is left for the module. */
const charged = <T>({ work: all }: Scope, most: number, work: () => T, otherwise: T): Outcome<T> => {
  const outcome = withLimit(Math.min(most, Math.max(all?.left ?? most, least)), work, otherwise);
  if (all) all.left -= outcome.spent;
  return outcome;
};

/** A file that a function reads: its path as far as the source tells it, and its text where it was given. */
export const moduleFile = (name: Expression, scope: Scope): { readonly path?: string; readonly text?: string } => {
  const path = knownString(pathValue(name, scope));
  const inside = path === undefined ? undefined : pathInside(path);
  const text = inside === undefined ? undefined : scope.files?.get(inside);
  return { ...(path === undefined ? {} : { path: inside ?? path }), ...(text === undefined ? {} : { text }) };
};

/** The same file is read by a path that is made absolute. */
const withoutAbspath = (name: Expression): Expression => {
  const inner = unwrapParentheses(name);
  const [first, second] = inner.kind === 'call' && inner.name === 'abspath' && !inner.expand ? inner.args : [];
  return first && !second ? first : inner;
};

/** A path that a function is given, from the module on. */
const pathValue = (path: Expression, scope: Scope): Value => evaluate(withoutAbspath(path), scope.filePaths ?? scope);

/** What a call of `fileset` lists: where it looks, from the module on, and for what. */
export type Fileset = { readonly directory: string; readonly pattern: string };

/** Undefined for a call whose arguments a plan alone knows, and for one that looks outside of the module. */
export const filesetOf = ({ args }: Call, scope: Scope): Fileset | undefined => {
  const [path, pattern] = args.map(arg => knownString(pathValue(arg, scope)));
  const directory = path === undefined ? undefined : pathInside(path);
  return directory === undefined || pattern === undefined ? undefined : { directory, pattern };
};

/** The files that a name may stand for, by what the source tells of it; undefined where that is all of it, nothing, or outside of the module. */
export const possibleFiles = (name: Expression, scope: Scope): Fileset | undefined => {
  const value = pathValue(name, scope);
  if (value.kind !== 'string' || value.parts.every(part => part !== undefined)) return undefined;
  return filesetFrom(value.parts.map(part => part?.replaceAll(/[*?[\]{}]/g, String.raw`\$&`) ?? '*').join(''));
};

/** What a pattern lists that is a path from the module on, as of `kubectl_path_documents`. */
export const filesByPattern = (pattern: Expression, scope: Scope): Fileset | undefined => {
  const path = knownString(evaluate(pattern, scope.filePaths ?? scope));
  return path === undefined ? undefined : filesetFrom(path);
};

const filesetFrom = (path: string): Fileset | undefined => {
  const head = /^(?:[^*?[{\\]*\/)?/.exec(path)?.[0] ?? '';
  const directory = pathInside(head === '' ? '.' : head);
  return directory === undefined ? undefined : { directory, pattern: path.slice(head.length) };
};
