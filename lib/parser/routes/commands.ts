import { attribute, blocks } from '../../hcl/index.ts';
import { blocksOf, type PlacedBlock, type RootModule } from '../../terraform/index.ts';
import { literalsIn } from '../expressions/literals.ts';
import { routes, type Recognition, type Route } from './routes.ts';
import type { RowsElsewhere } from './rows-elsewhere.ts';

/**
 * What runs a command or installs a chart that may write aws-auth, by the words in it. Sources:
 * developer.hashicorp.com/terraform/language/resources/provisioners; eksctl.io/usage/iam-identity-mappings.
 */
export const rowsByCommands = (module: RootModule): readonly RowsElsewhere[] =>
  module.blocks.flatMap(block => {
    const text = textIn(module, block);
    const route = text === undefined ? undefined : routes.find(({ seen }) => isSeenIn(seen, text));
    return route && text !== undefined && writes(block, text) ? [rowsOfText(module, block, route, text)] : [];
  });

/** Outputs that are the ConfigMap as it is applied. Whether somebody does that Terraform does not know. */
export const rowsPutOut = (module: RootModule): readonly RowsElsewhere[] => {
  const texts = [...module.files.map(({ text }) => text), ...(module.scope.files?.values() ?? [])];
  const route = routes.find(({ seen }) => seen.kind === 'output');
  if (!route || !texts.some(text => list.test(text))) return [];
  return blocksOf(module, 'output').flatMap(block => {
    const value = attribute(block.body, 'value');
    const text = value ? literalsIn(module, { ...block.body, items: [value] }, block.in) : '';
    const isConfigMap = [/\bConfigMap\b/, /\baws-auth\b/, list].every(part => part.test(text));
    return isConfigMap ? [rowsOfText(module, block, route, text)] : [];
  });
};

const list = /\bmap(?:Roles|Users|Accounts)\b/;

const rowsOfText = (module: RootModule, block: PlacedBlock, route: Route, text: string): RowsElsewhere => {
  const principals = [...new Set(text.match(arns) ?? [])];
  return {
    module,
    route,
    name: route.name,
    way: route.way,
    address: [...(block.type === 'resource' ? [] : [block.type]), ...block.labels].join('.'),
    range: block.headerRange,
    arguments: [],
    rows: [],
    principals,
    unread: principals.length === 0 ? ['whom it names'] : [],
  };
};

const isSeenIn = (seen: Recognition, text: string): boolean =>
  seen.kind === 'command' && seen.words.some(word => text.includes(word));

const arns = /\barn:[\w-]+:iam::\d{12}:(?:role|user)\/[\w+=,.@/-]+/g;

/** What is written out in a block that runs something or writes a file for it; undefined for other blocks. */
const textIn = (module: RootModule, block: PlacedBlock): string | undefined => {
  const [type = ''] = block.labels;
  if (block.type === 'resource' && files.test(type)) return literalsIn(module, block.body, block.in);
  if (block.type === 'data' && type === 'external') return literalsIn(module, block.body, block.in);
  if (block.type !== 'resource') return undefined;
  const provisioners = blocks(block.body, 'provisioner');
  return provisioners.length === 0
    ? undefined
    : provisioners.map(({ body }) => literalsIn(module, body, block.in)).join('\n');
};

const files = /^(?:helm_release|local_file|local_sensitive_file|kustomization_resource)$/;

/** A command that only looks, such as one that waits for the ConfigMap, writes nothing. */
const writes = ({ labels: [type = ''] }: PlacedBlock, text: string): boolean =>
  files.test(type) || /\b(?:apply|patch|replace|create|edit)\b/.test(text);
