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
    return route && text !== undefined ? [rowsOfText(module, block, route, text)] : [];
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

/** What a block runs or installs that may write aws-auth, or what it hands to somebody for that; undefined for other blocks. */
const textIn = (
  module: RootModule,
  { type: kind, labels: [type = ''], body, in: file }: PlacedBlock,
): string | undefined => {
  const all = (): string => literalsIn(module, body, file);
  if (kind === 'data') return type === 'external' ? changing(all()) : undefined;
  if (kind !== 'resource') return undefined;
  if (files.test(type)) return all();
  const provisioners = blocks(body, 'provisioner');
  if (provisioners.length > 0) return changing(provisioners.map(one => literalsIn(module, one.body, file)).join('\n'));
  // What these write is read from their arguments.
  return /^kube(?:rnetes|ctl)_/.test(type) ? undefined : handedOn(all());
};

const files = /^(?:helm_release|local_file|local_sensitive_file|kustomization_resource)$/;

/** A command that only looks, such as one that waits for the ConfigMap, writes nothing. */
const changing = (text: string): string | undefined =>
  /\b(?:apply|patch|replace|create|edit)\b/.test(text) ? text : undefined;

/** The ConfigMap, a config of eksctl or a command, in user data, a document or an object in a bucket, or for a provider that is not read. */
const handedOn = (text: string): string | undefined => {
  if (/\biamIdentityMappings\b/.test(text) || (/\baws-auth\b/.test(text) && list.test(text))) return text;
  return /\b(?:kubectl|eksctl)\b/.test(text) ? changing(text) : undefined;
};
