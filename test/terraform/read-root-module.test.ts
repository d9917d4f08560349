import { expect, test } from '@jest/globals';
import { evaluate, readRootModule } from '../../lib/terraform/index.ts';
import { runtime } from '../support/fixture.ts';

const templates = {
  'pattern.tftpl': '${replace(name, "/[0-9]+/", "-")}',
};

// What reads patterns, JSON and YAML is loaded for those who need it.
test.each([
  ['replace("a1b", "/[0-9]+/", "-")', 'a-b'],
  ['regex("[a-z]+", "1b")', 'b'],
  ['regexall ("[a-z]", "1b")[0]', 'b'],
  ['replace/* digits */("a1b", "/[0-9]+/", "-")', 'a-b'],
  [String.raw`jsondecode("[\"x\"]")[0]`, 'x'],
  ['yamldecode("a: x").a', 'x'],
  ['templatefile("pattern.tftpl", { name = "a1b" })', 'a-b'],
])('%s', async (source, text) => {
  const beside = Object.entries(templates).filter(([name]) => source.includes(name));
  const files = new Map([['main.tf', `locals {\n  x = ${source}\n}\n`], ...beside]);
  const module = await readRootModule(files, await runtime());
  expect(evaluate(module.locals.get('x')!.value, module.scope)).toEqual({ kind: 'string', parts: [text] });
});
