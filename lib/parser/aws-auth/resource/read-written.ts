import { unwrapParentheses } from '../../../hcl/index.ts';
import { evaluate, knownString, moduleFile, type RootModule } from '../../../terraform/index.ts';
import { partOf, placeOf, type Piece } from '../../expressions/piece.ts';
import { resolve } from '../../expressions/resolve.ts';
import { describe } from '../describe.ts';
import { linesOf, notGiven, plainText, unread, type Written } from './holed-text.ts';
import { encoders, fileTemplateText, templateText } from './template-text.ts';

/** Deeper nothing is written. What leads back to itself ends here. */
const deepest = 50;

/** Follows an expression to the list or the text that it writes. */
export const readWritten = (module: RootModule, piece: Piece, depth = 0): Written => {
  const found = resolve(module, piece);
  const { expression } = found;
  if (depth > deepest) return unread(found, 'it leads back to itself');
  if (expression.kind === 'null') return plainText(found, '');
  if (expression.kind === 'call' && !expression.expand) {
    const [first, second, third] = expression.args.map(arg => partOf(found, arg));
    if (first && !second && encoders.has(expression.name)) return { kind: 'value', piece: first };
    if (first && !second && trimmers.has(expression.name)) return readWritten(module, first, depth + 1);
    if (first && !second && expression.name === 'file') return fileText(module, found, first);
    if (first && second && !third && expression.name === 'templatefile')
      return fileTemplateText(module, found, first, second);
  }
  if (expression.kind === 'template') {
    const only = soleInterpolation(found);
    return only ? readWritten(module, only, depth + 1) : templateText(module, found);
  }
  const known = knownString(evaluate(expression, module.scope));
  return known === undefined ? unread(found, `it is ${describe(expression)}`) : plainText(found, known);
};

/** They take off white space at the edges, which means nothing to YAML. */
const trimmers = new Set(['chomp', 'trimspace']);

/**
 * A heredoc with nothing in it but `${yamlencode(...)}`. White space before it indents the first line alone: JSON has no other.
 */
const soleInterpolation = (piece: Piece): Piece | undefined => {
  if (piece.expression.kind !== 'template') return undefined;
  const { parts } = piece.expression;
  const filled = parts.filter(part => part.kind !== 'literal' || part.text.trim() !== '');
  const [only] = filled;
  if (only?.kind !== 'interpolation' || filled.length > 1) return undefined;
  const value = unwrapParentheses(only.value);
  const isJson = value.kind === 'call' && value.name === 'jsonencode';
  const isIndented = parts.slice(0, parts.indexOf(only)).some(part => part.kind === 'literal' && part.text !== '');
  return isIndented && !isJson ? undefined : partOf(piece, only.value);
};

const fileText = (module: RootModule, piece: Piece, name: Piece): Written => {
  const found = moduleFile(name.expression, module.scope);
  if (found.path === undefined || found.text === undefined) return unread(piece, notGiven(found.path));
  const text = { text: found.text, holes: [], place: placeOf(piece), lines: linesOf(found.path, found.text) };
  return { kind: 'text', text };
};
