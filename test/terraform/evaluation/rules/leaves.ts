import { chance, pick, type Draw, type Kind, type Rule } from '../draw.ts';
import { integers, oneOf, rule, words } from './write.ts';

const bound =
  (kind: Kind) =>
  (draw: Draw): string | undefined => {
    const found = draw.names.filter(name => name.kind === kind || kind === 'any');
    return found.length === 0 ? undefined : pick(draw, found).name;
  };

const leaf = (kind: Kind, name: string, ...texts: readonly string[]): Rule =>
  rule(name, draw => (chance(draw, 2) ? bound(kind)(draw) : undefined) ?? pick(draw, texts));

export const nullLeaf = rule('null', () => 'null');

export const leaves: Readonly<Record<Kind, readonly Rule[]>> = {
  string: [leaf('string', 'literal', ...words), leaf('string', 'local', 'local.word', 'local.map.k', 'local.list[0]')],
  number: [leaf('number', 'number', ...integers, '1.50', '012', '111122223333')],
  bool: [leaf('bool', 'bool', 'true', 'false')],
  strings: [
    leaf('strings', 'tuple', '[]', '["a"]', '["b", "a"]', '["a", "", "b", "a"]'),
    rule('local', oneOf('local.list', 'local.set', 'local.tuple')),
  ],
  numbers: [leaf('numbers', 'tuple', '[1]', '[3, 1, 2]', '[2, -1]')],
  list: [leaf('list', 'tuple', '[1, "a"]', '[[1], ["a"]]', '[]', '[null, "x"]')],
  object: [
    leaf('object', 'object', '{}', '{ a = 1 }', '{ a = "x", b = ["y"] }', '{ b = null, a = true }'),
    rule('local', oneOf('local.map', 'local.object')),
  ],
  objects: [leaf('objects', 'tuple', '[{ a = "x", g = ["p"] }, { a = "y", g = [] }]', '[{ a = 1 }, { a = 2 }]')],
  any: [leaf('any', 'literal', '"x"', '1', 'true', '["a"]', '{ a = 1 }'), nullLeaf],
};
