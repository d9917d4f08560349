import { blocks, walk, type Body, type Expression } from '../../hcl/index.ts';
import { addressOf, moduleFile, referencesOf, type PlacedBlock, type RootModule } from '../../terraform/index.ts';
import { routes, type Recognition } from './routes.ts';
import type { RowsElsewhere } from './rows-elsewhere.ts';

/**
 * What runs a command or installs a chart that may write aws-auth, by the words in it. Sources:
 * developer.hashicorp.com/terraform/language/resources/provisioners; eksctl.io/usage/iam-identity-mappings.
 */
export const rowsByCommands = (module: RootModule): readonly RowsElsewhere[] =>
  module.blocks.flatMap(block => {
    const text = textIn(module, block);
    const route = text === undefined ? undefined : routes.find(({ seen }) => isSeenIn(seen, text));
    if (!route || text === undefined || !writes(block, text)) return [];
    const principals = [...new Set(text.match(arns) ?? [])];
    return [
      {
        module,
        route,
        name: route.name,
        way: route.way,
        address: [...(block.type === 'data' ? ['data'] : []), ...block.labels].join('.'),
        range: block.headerRange,
        arguments: [],
        rows: [],
        principals,
        unread: principals.length === 0 ? ['whom it names'] : [],
      },
    ];
  });

const isSeenIn = (seen: Recognition, text: string): boolean =>
  seen.kind === 'command' && seen.words.some(word => text.includes(word));

const arns = /\barn:[\w-]+:iam::\d{12}:(?:role|user)\/[\w+=,.@/-]+/g;

/** What is written out in a block that runs something or writes a file for it; undefined for other blocks. */
const textIn = (module: RootModule, block: PlacedBlock): string | undefined => {
  const [type = ''] = block.labels;
  if (block.type === 'resource' && files.test(type)) return literalsIn(module, block.body);
  if (block.type === 'data' && type === 'external') return literalsIn(module, block.body);
  if (block.type !== 'resource') return undefined;
  const provisioners = blocks(block.body, 'provisioner');
  return provisioners.length === 0 ? undefined : provisioners.map(({ body }) => literalsIn(module, body)).join('\n');
};

const files = /^(?:helm_release|local_file|local_sensitive_file|kustomization_resource)$/;

/** A command that only looks, such as one that waits for the ConfigMap, writes nothing. */
const writes = ({ labels: [type = ''] }: PlacedBlock, text: string): boolean =>
  files.test(type) || /\b(?:apply|patch|replace|create|edit)\b/.test(text);

const literalsIn = (module: RootModule, body: Body, seen = new Set<string>()): string =>
  body.items
    .map(item =>
      item.kind === 'block' ? literalsIn(module, item.body, seen) : literalsOf(module, item.value, seen).join('\n'),
    )
    .join('\n');

/** Of an expression, and of what it names: locals, files, and templates by `data "template_file"`, each once. */
const literalsOf = (module: RootModule, expression: Expression, seen: Set<string>): readonly string[] => {
  const texts: string[] = [];
  walk(expression, inner => {
    if (inner.kind === 'object') texts.push(...inner.items.flatMap(({ name }) => name ?? []));
    if (inner.kind === 'template')
      texts.push(inner.parts.map(part => (part.kind === 'literal' ? part.text : '')).join(''));
    const [name] = inner.kind === 'call' && /^(?:template)?file$/.test(inner.name) ? inner.args : [];
    if (name) texts.push(moduleFile(name, module.scope).text ?? '');
  });
  const addresses = referencesOf(expression).map(addressOf);
  return [...texts, ...addresses.flatMap(address => textsBehind(module, address, seen))];
};

const textsBehind = (module: RootModule, address: string, seen: Set<string>): readonly string[] => {
  if (seen.has(address)) return [];
  seen.add(address);
  const local = /^local\.(.+)$/.exec(address)?.[1];
  const value = local === undefined ? undefined : module.locals.get(local)?.value;
  if (value) return literalsOf(module, value, seen);
  return module.blocks
    .filter(({ type, labels }) => labels[0] === 'template_file' && `${type}.${labels.join('.')}` === address)
    .map(({ body }) => literalsIn(module, body, seen));
};
