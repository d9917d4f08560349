import { expect, test } from '@jest/globals';
import { parse } from '@cdktf/hcl2json';
import { asValue } from '../../lib/hcl/index.ts';

/** What HashiCorp's parser makes of an argument with this value; undefined where it refuses it. */
const accepted = async (value: string): Promise<unknown> => parse('main.tf', `x = ${value}\n`).catch(() => undefined);

// Each is valid as an argument of a function, where a line may end anywhere.
test.each(['a.b\n.c', 'f(a)\n+ g(b)', 'a ?\nb :\nc', 'a[\n0\n].b\n.c', 'a\n# why\n.b'])(
  'ends its line outside of brackets: %j',
  async source => {
    expect(await accepted(source)).toBeUndefined();
    expect(asValue(source)).not.toBe(source);
    expect(await accepted(asValue(source))).toBeDefined();
  },
);

test.each(['a.b', 'f(\na,\nb\n)', '[\n1,\n2\n]', '<<-E\n  a\n  E', '(\na\n.b\n)', '"${f(\na\n)}"'])(
  'stays as it is: %j',
  async source => {
    expect(asValue(source)).toBe(source);
    expect(await accepted(source)).toBeDefined();
  },
);
