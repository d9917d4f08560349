import { chance, withNames, type Kind, type Rule } from '../draw.ts';
import { regexes } from './strings.ts';
import { call, oneOf, rule, small, word } from './write.ts';

const forTuple = (kind: Kind, of: Kind, item: Kind): Rule =>
  rule('for-tuple', (draw, make) => {
    const keyed = chance(draw, 2);
    const value = { name: 'v', kind: item };
    const inner = keyed ? withNames(draw, { name: 'k', kind: 'any' }, value) : withNames(draw, value);
    const condition = chance(draw, 3) ? ` if ${make('bool', inner)}` : '';
    return `[for ${keyed ? 'k, v' : 'v'} in ${make(of)} : ${make(kind, inner)}${condition}]`;
  });

export const stringLists: readonly Rule[] = [
  rule('tuple', (_, make) => `[${make('string')}, ${make('string')}]`),
  ...['tolist', 'toset', 'sort', 'distinct', 'compact', 'reverse'].map(name => call(name, 'strings')),
  call('concat', 'strings', 'strings'),
  call('split', word, 'string'),
  call('keys', 'object'),
  call('flatten', (_, make) => `[${make('strings')}, [${make('strings')}]]`),
  call('regexall', regexes, 'string'),
  call('regex', regexes, 'string'),
  rule('splat', (_, make) => `${make('objects')}[*].a`),
  rule('legacy-splat', (_, make) => `${make('objects')}.*.a`),
  forTuple('string', 'strings', 'string'),
  rule('expand', (_, make) => `concat([${make('strings')}, ${make('strings')}]...)`),
];

export const numberLists: readonly Rule[] = [
  rule('tuple', (_, make) => `[${make('number')}, ${make('number')}]`),
  call('range', oneOf('3', '-2', '0')),
  call('range', small, oneOf('4', '0', '1')),
  call('range', small, oneOf('5', '9'), oneOf('2', '-1')),
  ...['tolist', 'toset', 'distinct', 'reverse'].map(name => call(name, 'numbers')),
  call('concat', 'numbers', 'numbers'),
  forTuple('number', 'numbers', 'number'),
];

export const lists: readonly Rule[] = [
  rule('tuple', (_, make) => `[${make('any')}, ${make('any')}]`),
  ...['tolist', 'toset', 'flatten', 'reverse', 'distinct'].map(name => call(name, 'list')),
  call('concat', 'list', 'strings'),
  call('values', 'object'),
  call('jsondecode', (_, make) => `jsonencode(${make('list')})`),
  forTuple('any', 'list', 'any'),
  rule('nested-for', (draw, make) => {
    const outer = withNames(draw, { name: 'o', kind: 'string' });
    const inner = withNames(outer, { name: 'i', kind: 'number' });
    return `[for o in ${make('strings')} : [for i in ${make('numbers', outer)} : ${make('any', inner)}]]`;
  }),
  rule('full-splat', (_, make) => `${make('objects')}[*].g[*]`),
];
