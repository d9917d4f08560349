import type { Range } from '../../../diagnostics/index.ts';
import { attribute, blocks, type Block } from '../../../hcl/index.ts';
import { evaluate, knownString, likelyModule, type PlacedBlock, type RootModule } from '../../../terraform/index.ts';
import { textOf, type Piece } from '../../expressions/piece.ts';
import { literalsIn } from '../../expressions/literals.ts';
import { keysOf, resolve } from '../../expressions/resolve.ts';
import { isRowList } from '../live/aws-auth.ts';
import { dataEntries, type DataEntry } from './data-entries.ts';
import { objectManifest, textManifest, type Manifest, type ManifestText } from './manifest.ts';
import { eachFile } from './each-file.ts';
import { unread, type Unread } from './holed-text.ts';

/** What a resource writes, which decides what goes with it. */
export type RawKind =
  /** The object: it goes as a whole. */
  | 'object'
  /** Keys of an object that is there: they are emptied, the object stays. */
  | 'data';

export type RawType = { readonly kind: RawKind; readonly form: 'config-map' | 'object-manifest' | 'text-manifest' };

/**
 * The resources that can write a ConfigMap. Sources: hashicorp/terraform-provider-kubernetes, docs/resources/config_map_v1.md,
 * config_map_v1_data.md, manifest.md; gavinbunney/terraform-provider-kubectl, docs/resources/kubectl_manifest.md.
 */
const rawTypes: ReadonlyMap<string, RawType> = new Map([
  ['kubernetes_config_map', { kind: 'object', form: 'config-map' }],
  ['kubernetes_config_map_v1', { kind: 'object', form: 'config-map' }],
  ['kubernetes_config_map_v1_data', { kind: 'data', form: 'config-map' }],
  ['kubernetes_manifest', { kind: 'object', form: 'object-manifest' }],
  ['kubectl_manifest', { kind: 'object', form: 'text-manifest' }],
]);

/** A resource that writes aws-auth, and the data it writes. */
export type RawData = { readonly kind: RawKind; readonly data: readonly DataEntry[] | Unread };

/** Undefined for a block that does not write aws-auth. */
export const readRawData = async (
  module: RootModule,
  block: PlacedBlock,
  guards: readonly string[],
): Promise<RawData | undefined> => {
  const type = block.type === 'resource' ? rawTypes.get(block.labels[0] ?? '') : undefined;
  if (!type) return undefined;
  const { kind, form } = type;
  if (form === 'config-map') {
    const dynamic = blocks(block.body, 'dynamic').find(({ labels }) => labels[0] === 'metadata');
    const isNamed = dynamic
      ? mentions(block, undefined)
      : blocks(block.body, 'metadata').some(metadata => isAwsAuth(module, block, metadata));
    if (!isNamed) return undefined;
    if (dynamic)
      return { kind, data: { kind: 'unread', place: dynamic.headerRange, why: 'its metadata is a dynamic block' } };
    const data = argument(block, 'data');
    return { kind, data: data ? dataEntries(module, data, guards) : [] };
  }
  const found = await readManifests(module, block, guards);
  const isUnread = found.some(({ read }) => 'why' in read);
  const likely = isUnread && (hasConfigMap(module, block) || (await isLikelyAwsAuth(likelyModule(module), block)));
  const written = found.flatMap(({ body, read, file }) => {
    const mentioned = mentions(block, file === undefined ? resolve(module, body) : undefined);
    if ('why' in read) return mentioned || likely ? [read] : [];
    if (!isManifestOfAwsAuth(module, block, read, mentioned)) return [];
    return [file === undefined ? read.data : oneOfSeveral(file, body)];
  });
  const [data] = written;
  return data && { kind, data };
};

/** Whether it writes aws-auth where the variables that it names a file by have their defaults. What it writes is not known for that. */
const isLikelyAwsAuth = async (module: RootModule, block: PlacedBlock): Promise<boolean> => {
  const found = await readManifests(module, block, []);
  return found.some(({ body, read }) => {
    const mentioned = mentions(block, resolve(module, body));
    return !('why' in read) && isManifestOfAwsAuth(module, block, read, mentioned);
  });
};

/** Whether the ConfigMap is one of the documents that the resource may be made of, as of files by a name that a plan alone knows. */
const hasConfigMap = (module: RootModule, block: PlacedBlock): boolean =>
  literalsIn(module, block.body, block.in)
    .split(/^---/m)
    .some(
      document =>
        (isConfigMap.test(document) && isNamedAwsAuth.test(document)) ||
        (ofItsOwn.test(document) && hasKeys.test(document)),
    );

/** In HCL a key and its value are two texts. */
const hasKeys = /^map(?:Roles|Users|Accounts)$/m;
const isConfigMap = /\bkind["']?:\s*["']?ConfigMap\b/;
const isNamedAwsAuth = /\bname["']?:\s*["']?aws-auth["']?\s*(?:$|[,}#])/m;

/** Which other files there are decides about the resource, so it is not taken apart. */
const oneOfSeveral = (file: string, body: Piece): Unread => unread(body, `it is the file ${file}, one of a fileset`);

/** An object that a resource writes as a manifest, and the argument that holds it. `file`: the one of a fileset that it comes from. */
export type ReadManifest = {
  readonly body: Piece;
  readonly read: Manifest | Unread;
  readonly file?: string;
};

/** The objects that a resource writes as a manifest: one, or one for each file of a fileset; none for other resources. */
export const readManifests = async (
  module: RootModule,
  block: PlacedBlock,
  guards: readonly string[],
): Promise<readonly ReadManifest[]> => {
  const form = block.type === 'resource' ? rawTypes.get(block.labels[0] ?? '')?.form : undefined;
  if (form !== 'text-manifest' && form !== 'object-manifest') return [];
  const body = argument(block, form === 'text-manifest' ? 'yaml_body' : 'manifest');
  if (!body) return [];
  const manifest = form === 'text-manifest' ? textManifest : objectManifest;
  const files = eachFile(module, block, body);
  if (!files) return [{ body, read: await manifest(module, body, guards) }];
  return Promise.all(
    files.map(async ({ file, piece }) => ({ body: piece, read: await manifest(module, piece, guards), file })),
  );
};

const argument = (block: PlacedBlock, name: string): Piece | undefined => {
  const found = attribute(block.body, name);
  return found && { expression: found.value, file: block.in };
};

/** Where the name cannot be read, any mention is taken for it, that in the output of the eks module before version 20 too. */
const mentions = (block: PlacedBlock, body: Piece | undefined): boolean =>
  [textIn(block, block.range), body ? textOf(body) : ''].some(text => /\baws[-_]auth(?:_configmap_yaml)?\b/.test(text));

const textIn = ({ in: { text } }: PlacedBlock, { start, end }: Range): string => text.slice(start, end);

/** Without a namespace an object is in the namespace default, which is not the one that EKS reads. */
const isAwsAuth = (module: RootModule, block: PlacedBlock, metadata: Block): boolean => {
  const { in: file } = block;
  const data = argument(block, 'data');
  const known = (name: string): ManifestText => {
    const found = attribute(metadata.body, name);
    if (!found || found.value.kind === 'null') return undefined;
    return knownString(evaluate(resolve(module, { expression: found.value, file }).expression, module.scope)) ?? null;
  };
  const name = known('name');
  const isMeant = name === 'aws-auth' || (name === null && (hasLists(module, data) ?? namesIt(module, block)));
  return isMeant && isSystem(known('namespace'));
};

/** Whether a name that a plan knows is that one by default, or may be: it stands as a word of its own in what the block names. */
const namesIt = (module: RootModule, { body, in: file }: PlacedBlock): boolean =>
  ofItsOwn.test(literalsIn(likelyModule(module), body, file));

const ofItsOwn = /^aws-auth$/m;

/** Nothing else has lists of these names. Undefined where the keys are not known. */
const hasLists = (module: RootModule, data: Piece | undefined): boolean | undefined => {
  if (!data) return false;
  const { expression } = resolve(module, data);
  return expression.kind === 'object' ? keysOf(module, expression)?.some(isRowList) : undefined;
};

const isSystem = (namespace: ManifestText): boolean => namespace === 'kube-system' || namespace === null;

const isManifestOfAwsAuth = (module: RootModule, block: PlacedBlock, read: Manifest, mentioned: boolean): boolean => {
  const override = attribute(block.body, 'override_namespace');
  const namespace = override ? (knownString(evaluate(override.value, module.scope)) ?? null) : read.namespace;
  const named = read.name === 'aws-auth' || (read.name === null && mentioned);
  return named && isSystem(namespace) && (read.kind === 'ConfigMap' || read.kind === null);
};
