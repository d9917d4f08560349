import type { Range } from '../../diagnostics/index.ts';
import type { Body } from '../../hcl/index.ts';
import {
  addressOf,
  blockAddress,
  blockTitle,
  jsonStrings,
  referencesOf,
  type RootModule,
} from '../../terraform/index.ts';

/** Where a block refers to what writes aws-auth. `waits`: in `depends_on`, which needs nothing of it. */
export type Use = { readonly range: Range; readonly words: string; readonly waits: boolean };

/** What has moved there is a matter of the state, not of the source. */
const ofState = new Set(['moved', 'removed']);

/** Who refers to an address from other blocks than these. */
export const usesOf = ({ blocks, json }: RootModule, address: string, besides: readonly string[]): readonly Use[] => [
  ...blocks
    .filter(({ type, labels }) => !ofState.has(type) && !besides.includes(blockAddress(type, labels) ?? type))
    .flatMap(({ type, labels, body }) => {
      const words = blockTitle({ type, labels });
      return usesIn(body, address).map(use => ({ ...use, words }));
    }),
  ...usesInJson(json, address),
];

/** JSON is searched as text: what is within `${}` and `%{}`, and all of a string that is a reference by its place. */
const usesInJson = (json: RootModule['json'], address: string): readonly Use[] => {
  const named = new RegExp(String.raw`(?<![\w.-])${address.replaceAll('.', String.raw`\.`)}(?![\w-])`);
  return jsonStrings(json)
    .filter(({ path, text }) => !ofState.has(path[0] ?? '') && named.test(expressionIn(path, text)))
    .map(({ path, range }) => {
      const [type = '', ...labels] = path.slice(0, path[0] === 'resource' || path[0] === 'data' ? 3 : 2);
      return { range, words: blockTitle({ type, labels }), waits: path.includes('depends_on') };
    });
};

/** Source: developer.hashicorp.com/terraform/language/syntax/json (expression mapping). */
const expressionIn = (path: readonly string[], text: string): string => {
  if (path.some(name => bare.has(name))) return text;
  const [, ...templates] = text.replaceAll(/\$\$\{|%%\{/g, '').split(/[$%]\{/);
  return templates.join(' ');
};

/** What takes references without `${}`. */
const bare = new Set(['depends_on', 'replace_triggered_by', 'to']);

const usesIn = (body: Body, address: string): readonly Omit<Use, 'words'>[] =>
  body.items.flatMap(item =>
    item.kind === 'block'
      ? usesIn(item.body, address)
      : referencesOf(item.value)
          .filter(reference => addressOf(reference) === address)
          .map(({ range }) => ({ range, waits: item.name === 'depends_on' })),
  );
