import { pick, type Rule } from '../draw.ts';
import { call, oneOf, rule, word } from './write.ts';

export const numbers: readonly Rule[] = [
  ...['+', '-', '*', '/', '%'].map(operator =>
    rule(operator, (_, make) => `(${make('number')} ${operator} ${make('number')})`),
  ),
  rule('precedence', (_, make) => `${make('number')} + ${make('number')} * ${make('number')} - ${make('number')}`),
  rule('minus', (_, make) => `-(${make('number')})`),
  call('length', 'any'),
  call('length', 'string'),
  call('tonumber', oneOf('"10"', '"1.50"', '"012"', '"x"', '"-3"', '""')),
];

export const bools: readonly Rule[] = [
  ...['<', '<=', '>', '>='].map(operator =>
    rule(operator, (_, make) => `(${make('number')} ${operator} ${make('number')})`),
  ),
  ...['==', '!='].map(operator =>
    rule(operator, (draw, make) => {
      const kind = pick(draw, ['string', 'number', 'any', 'strings', 'object'] as const);
      return `(${make(kind)} ${operator} ${make(kind)})`;
    }),
  ),
  ...['&&', '||'].map(operator => rule(operator, (_, make) => `(${make('bool')} ${operator} ${make('bool')})`)),
  rule('!', (_, make) => `!${make('bool')}`),
  call('can', 'any'),
  call('can', 'string'),
  call('contains', 'strings', 'string'),
  call('contains', 'list', 'any'),
  ...['startswith', 'endswith', 'strcontains'].map(name => call(name, 'string', word)),
  call('tobool', oneOf('"true"', '"false"', '"1"', '"yes"', 'null')),
];
