import { chance, pick, withNames, type Rule } from '../draw.ts';
import { call, oneOf, rule } from './write.ts';

export const objects: readonly Rule[] = [
  rule('object', (_, make) => `{ a = ${make('any')}, "b" = ${make('string')} }`),
  rule('computed-key', (_, make) => `{ (${make('string')}) = ${make('any')}, z = 1 }`),
  call('merge', 'object', 'object'),
  call('merge', 'object', 'object', 'any'),
  rule('for-object', (draw, make) => {
    const inner = withNames(draw, { name: 'k', kind: 'string' }, { name: 'v', kind: 'any' });
    return `{ for k, v in ${make('object')} : ${pick(draw, ['k', '"${k}x"', 'upper(k)'])} => ${make('any', inner)}${chance(draw, 3) ? ` if k != "a"` : ''} }`;
  }),
  rule('for-group', (draw, make) => {
    const inner = withNames(draw, { name: 'v', kind: 'string' });
    return `{ for v in ${make('strings')} : ${pick(draw, ['v', 'length(v)'])} => ${make('string', inner)}... }`;
  }),
  rule(
    'for-object',
    (draw, make) =>
      `{ for v in ${make('strings')} : v => ${make('number', withNames(draw, { name: 'v', kind: 'string' }))} }`,
  ),
  call('tomap', 'object'),
  call('tomap', (_, make) => `{ a = ${make('string')}, b = ${make('string')} }`),
  call('jsondecode', (_, make) => `jsonencode(${make('object')})`),
  call('jsondecode', oneOf('"{\\"a\\":[1,2.50]}"', '"{"', '"{\\"b\\":null,\\"a\\":\\"\\\\u00e9\\"}"')),
  call(
    'yamldecode',
    oneOf(
      '"a: 1\\nb: [x, yes]\\n"',
      '"- a\\n- \'012\'\\n- 1.5\\n"',
      '"a: {b: c}\\n"',
      '"x: &y [1]\\nz: *y\\n"',
      '"a: |\\n  t\\n"',
      '"a: ~"',
    ),
  ),
];

export const objectLists: readonly Rule[] = [
  rule(
    'tuple',
    (_, make) =>
      `[{ a = ${make('string')}, g = ${make('strings')} }, { a = ${make('string')}, g = ${make('strings')} }]`,
  ),
  rule(
    'for-tuple',
    (draw, make) =>
      `[for v in ${make('strings')} : { a = ${make('string', withNames(draw, { name: 'v', kind: 'string' }))}, g = [v] }]`,
  ),
  call('concat', 'objects', 'objects'),
  call('tolist', 'objects'),
  call('flatten', (_, make) => `[${make('objects')}, ${make('objects')}]`),
  call('distinct', 'objects'),
];
