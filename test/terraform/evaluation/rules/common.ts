import { pick, type Kind, type Rule } from '../draw.ts';
import { call, oneOf, rule, small } from './write.ts';

const conditional = (kind: Kind): Rule =>
  rule('conditional', (_, make) => `(${make('bool')} ? ${make(kind)} : ${make(kind)})`);

export const common = (kind: Kind): readonly Rule[] => [
  conditional(kind),
  rule('chain', (_, make) => `(${make('bool')} ? ${make(kind)} : ${make('bool')} ? ${make(kind)} : ${make(kind)})`),
  rule('parentheses', (_, make) => `(${make(kind)})`),
  call('try', kind, kind),
  rule('index', (draw, make) => `[${make(kind)}, ${make(kind)}][${small(draw)}]`),
  rule(
    'string-index',
    (draw, make) => `{ a = ${make(kind)}, b = ${make(kind)} }[${pick(draw, ['"a"', '"b"', '"c"'])}]`,
  ),
  rule('attribute', (_, make) => `{ a = ${make(kind)} }.a`),
  call('element', (_, make) => `[${make(kind)}, ${make(kind)}]`, small),
  call('lookup', (_, make) => `{ a = ${make(kind)} }`, oneOf('"a"', '"b"'), kind),
  call('one', (_, make) => `[${make(kind)}]`),
  call('coalesce', kind, kind),
];
