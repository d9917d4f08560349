import { evaluate, knownString, spend, withinWork, type RootModule } from '../../../terraform/index.ts';
import { partOf, type Piece } from '../../expressions/piece.ts';
import { resolve } from '../../expressions/resolve.ts';

/** Names of what AWS gives to an object: an ARN, a name, an id, without white space or quotes. */
const oneWordName = /(^|_)(arn|name|id|account|partition|region)$/;

/** Functions that give back one of their arguments. */
const choices = new Set(['try', 'coalesce', 'one', 'element', 'tostring', 'lower', 'upper', 'trimspace']);

const deepest = 20;

/**
 * Whether an expression is known, or is by its name one word without anything that means something to YAML: `x.arn`,
 * `local.account_id`. Source: IAM user guide, reference_iam-quotas (names), reference_identifiers (ARNs).
 */
export const isOneWord = (module: RootModule, piece: Piece): boolean =>
  withinWork(module.scope, () => isWord(module, piece, 0)) ?? false;

const isWord = (module: RootModule, piece: Piece, depth: number): boolean => {
  spend(10);
  const value = evaluate(piece.expression, module.scope);
  if (knownString(value) !== undefined || value.kind === 'number' || value.kind === 'bool') return true;
  const found = resolve(module, piece);
  const { expression } = found;
  if (depth > deepest) return false;
  const all = (parts: readonly Piece[]): boolean => parts.every(part => isWord(module, part, depth + 1));
  switch (expression.kind) {
    case 'get':
      return oneWordName.test(expression.name);
    case 'index':
      return expression.of.kind === 'get' && oneWordName.test(expression.of.name.replace(/s$/, ''));
    case 'conditional':
      return all([partOf(found, expression.then), partOf(found, expression.else)]);
    case 'call':
      return choices.has(expression.name) && !expression.expand && all(expression.args.map(arg => partOf(found, arg)));
    case 'template':
      return (
        all(expression.parts.flatMap(part => (part.kind === 'interpolation' ? [partOf(found, part.value)] : []))) &&
        expression.parts.every(part => part.kind !== 'opaque')
      );
    default:
      return false;
  }
};
