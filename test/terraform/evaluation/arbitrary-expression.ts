import type fc from 'fast-check';
import { arbitraryFrom, type Generated } from './draw.ts';
import { leaves, rules } from './rules.ts';

/** Closed expressions over every construct and function that is evaluated; they may refer to the module below. */
export const arbitraryExpression = (): fc.Arbitrary<Generated> => arbitraryFrom(rules, leaves);

/** What there is for every expression: locals in two files, and files to read. */
export const surroundings: Readonly<Record<string, string>> = {
  'locals.tf': `locals {
  word = "zebra"
  list = tolist(["b", "a", "c"])
  set  = toset(["q", "p"])
}
`,
  'more-locals.tf': `locals {
  tuple  = [local.word, "two"]
  map    = tomap({ k = "v", a = "b" })
  object = { a = "one", b = local.list, c = { d = true } }
}
`,
  'hello.txt': 'hello\n',
  'greeting.tmpl': 'Dear ${name},\n%{ for item in list ~}\n- ${item}\n%{ endfor ~}\nbye ${length(list)}\n',
};

/** Every name a histogram must hold. */
export const constructs: readonly string[] = [
  'sensitive',
  ...new Set(Object.values(rules).flatMap(list => list.map(({ name }) => name))),
];
