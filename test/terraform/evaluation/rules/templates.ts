import { chance, pick, quoted, withNames, type Draw, type Rule } from '../draw.ts';
import { rule, type Make } from './write.ts';

const template =
  (text: (draw: Draw, make: Make) => string): Rule['write'] =>
  (draw, make) =>
    `"${text(draw, (kind, other = draw) => make(kind, quoted(other)))}"`;

const heredoc = (draw: Draw, make: Make): string => {
  if (draw.quoted) return '"in a template"';
  const dash = pick(draw, ['<<-EOT', '<<EOT']);
  const indent = dash === '<<-EOT' ? pick(draw, ['', '  ']) : '';
  return `(${dash}\n${indent}first \${${make('string', quoted(draw))}}\n${indent}  second\n${indent}EOT\n)`;
};

const strip = (draw: Draw): readonly [string, string] =>
  pick(draw, [
    ['', ''],
    ['~', ''],
    ['', '~'],
    ['~', '~'],
  ] as const);

const interpolation = (draw: Draw, make: Make): string => {
  const [before, after] = strip(draw);
  return `a \${${before}${make(pick(draw, ['string', 'number', 'bool'] as const))}${after}} b`;
};

const templateIf = (draw: Draw, make: Make): string => {
  const [before, after] = strip(draw);
  const otherwise = chance(draw, 2) ? `%{ else ${after}} n ` : '';
  return `x %{${before} if ${make('bool')} }y \${${make('string')}}${otherwise} %{ endif ${after}} z`;
};

const templateFor = (draw: Draw, make: Make): string => {
  const [before, after] = strip(draw);
  const inner = withNames(draw, { name: 'part', kind: 'string' });
  return `x %{ for part in ${make('strings')} ${after}} [\${part}\${${make('string', inner)}}] %{${before} endfor } z`;
};

export const templates: readonly Rule[] = [
  rule('template', template(interpolation)),
  rule('template-whole', (draw, make) => `"\${${make('string', quoted(draw))}}"`),
  rule('heredoc', heredoc),
  rule('template-if', template(templateIf)),
  rule('template-for', template(templateFor)),
];
