import { quote } from '../../../hcl/index.ts';
import type { AwsAuthRow } from '../live/aws-auth.ts';
import { textOf } from '../../expressions/piece.ts';
import { wordPattern, type Hole, type HoledText } from './holed-text.ts';

/** HCL of a list of rows, or of accounts, with the expressions in place of their words. What is empty is left out: it is none. */
export const printRows = ({ holes }: HoledText, rows: readonly (AwsAuthRow | string)[]): string => {
  const print = printer(holes);
  const lines = rows.map(row => {
    if (typeof row === 'string') return print(row);
    const groups = row.groups.filter(group => group !== '').map(print);
    return `{ ${[
      `${row.list === 'mapRoles' ? 'rolearn' : 'userarn'} = ${print(row.arn)}`,
      ...(row.username === '' ? [] : [`username = ${print(row.username)}`]),
      `groups = ${wholeList(holes, row.groups) ?? `[${groups.join(', ')}]`}`,
    ].join(', ')} }`;
  });
  return `[\n${lines.map(line => `${line},\n`).join('')}]`;
};

/** `[${jsonencode(x)}]`, as it is put into the text, is x. */
const wholeList = (holes: readonly Hole[], [only, ...more]: readonly string[]): string | undefined => {
  const hole = more.length === 0 ? holes.find(({ as, word }) => as === 'json-list' && word === only) : undefined;
  return hole && sourceOf(hole);
};

/** HCL of a text: the expression itself where that is all of it. */
const printer = (holes: readonly Hole[]): ((text: string) => string) => {
  if (holes.length === 0) return quote;
  const words = wordPattern(holes);
  const byWord = new Map(holes.map(hole => [hole.word, hole]));
  return text => {
    const whole = byWord.get(text);
    if (whole) return sourceOf(whole);
    const literals = text.split(words);
    const inside = (text.match(words) ?? []).map(word => byWord.get(word));
    return `"${literals.map((literal, index) => quote(literal).slice(1, -1) + interpolation(inside[index])).join('')}"`;
  };
};

const interpolation = (hole: Hole | undefined): string => (hole ? `\${${textOf(hole.piece)}}` : '');

/** An expression of several lines is one value between parentheses only. */
const sourceOf = ({ piece }: Hole): string => (textOf(piece).includes('\n') ? `(${textOf(piece)})` : textOf(piece));
