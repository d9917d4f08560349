import { diagnose, Refusal } from '../../../diagnostics/index.ts';
import { parseJson } from '../../../terraform/index.ts';
import { isRecord } from '../../entries/snapshot.ts';
import { type ConfigMapData, readAwsAuth, type AwsAuth } from './aws-auth.ts';
import { YamlProblem, YamlTooLarge } from '../../../terraform/yaml.ts';
import { isList, isMap, readYaml, type YamlValue } from './yaml-value.ts';
import { findPlaces, type ListPlace } from './places.ts';

/** A file with the live ConfigMap: what the authenticator holds of it, and where that stands. */
export type AwsAuthFile = {
  readonly file: string;
  readonly text: string;
  readonly awsAuth: AwsAuth;
  readonly places: ReadonlyMap<string, ListPlace>;
};

/** Throws a Refusal with TAE022 for what is no ConfigMap aws-auth, or cannot be read. */
export const readAwsAuthFile = async (file: string, text: string): Promise<AwsAuthFile> => {
  try {
    const data = await readConfigMap(file, text);
    return { file, text, awsAuth: await readAwsAuth(data), places: await findPlaces(file, text, data) };
  } catch (error) {
    if (error instanceof YamlTooLarge) throw new Refusal(diagnose('TAE022', { path: file, reason: error.message }));
    throw error;
  }
};

/** UTF-16 code units. A ConfigMap has 1 MiB at most; kubectl adds the record of who manages which field. */
const longest = 16 * 1024 * 1024;

/**
 * The data of aws-auth: the output of `kubectl get configmap aws-auth -n kube-system -o yaml` or `-o json`, or a List that holds it.
 * Throws a Refusal with TAE022 for anything else.
 */
export const readConfigMap = async (file: string, source: string): Promise<ConfigMapData> => {
  const refuse = (reason: string): never => {
    throw new Refusal(diagnose('TAE022', { path: file, reason }));
  };
  if (source.length > longest) return refuse(`it is larger than ${longest / 1024 / 1024} MiB`);
  const root = await readRoot(source.replace(/^\ufeff/, ''), refuse);
  const found = configMapsIn(root);
  if (typeof found === 'string') return refuse(found);
  const [configMap, ...more] = found.filter(isAwsAuth);
  if (configMap === undefined) return refuse(found[0] === undefined ? 'its list is empty' : otherName(found[0]));
  if (more.length > 0) return refuse('it holds aws-auth twice');
  const data = configMap.get('data') ?? null;
  // kubectl prints these behind the data, and for every object of a cluster.
  const isWhole = ['uid', 'resourceVersion'].some(key => metadataOf(configMap, key) !== undefined);
  if (data === null && !isWhole)
    return refuse('it has no data, and in its metadata neither uid nor resourceVersion: it may be cut off');
  return readData(data, refuse);
};

const readRoot = async (source: string, refuse: (reason: string) => never): Promise<YamlValue> => {
  try {
    // JSON is YAML, and much faster to read as JSON.
    if (!source.trimStart().startsWith('{')) return await readYaml(source);
    const json = parseJson(source);
    return json === undefined ? refuse('it begins like JSON and cannot be read as JSON') : fromJson(json, 0);
  } catch (error) {
    if (error instanceof YamlProblem) return refuse(`its YAML cannot be read: ${error.message}`);
    if (error instanceof YamlTooLarge) return refuse(error.message);
    throw error;
  }
};

const fromJson = (value: unknown, depth: number): YamlValue => {
  if (depth > 100) throw new YamlTooLarge('it is nested too deeply');
  if (typeof value === 'string' || value === null) return value;
  if (Array.isArray(value)) return value.map(item => fromJson(item, depth + 1));
  if (isRecord(value)) return new Map(Object.entries(value).map(([key, member]) => [key, fromJson(member, depth + 1)]));
  return { kind: typeof value === 'boolean' ? 'boolean' : 'number', text: JSON.stringify(value) };
};

type YamlObject = ReadonlyMap<string, YamlValue>;

const configMapsIn = (root: YamlValue): readonly YamlObject[] | string => {
  if (!isMap(root)) return 'it is no Kubernetes object';
  const kind = root.get('kind');
  if (kind === 'ConfigMap') return [root];
  if (kind !== 'List' && kind !== 'ConfigMapList')
    return `it is ${typeof kind === 'string' ? `a ${kind}` : 'an object without kind'}`;
  const items = root.get('items');
  return isList(items)
    ? items.filter(isMap).filter(item => (item.get('kind') ?? 'ConfigMap') === 'ConfigMap')
    : 'its items are no list';
};

const metadataOf = (configMap: YamlObject, key: string): YamlValue | undefined => {
  const metadata = configMap.get('metadata');
  return isMap(metadata) ? metadata.get(key) : undefined;
};

const isAwsAuth = (configMap: YamlObject): boolean =>
  metadataOf(configMap, 'name') === 'aws-auth' &&
  (metadataOf(configMap, 'namespace') ?? 'kube-system') === 'kube-system';

const otherName = (configMap: YamlObject): string => {
  const [namespace, name] = [metadataOf(configMap, 'namespace'), metadataOf(configMap, 'name')];
  const shown = [namespace, name].filter(part => typeof part === 'string').join('/');
  return shown === '' ? 'it is a ConfigMap without a name' : `it is the ConfigMap ${shown}`;
};

const readData = (data: YamlValue, refuse: (reason: string) => never): ConfigMapData => {
  if (data === null) return new Map();
  if (!isMap(data)) return refuse('its data is no mapping');
  const texts = new Map<string, string>();
  for (const [key, value] of data) {
    if (typeof value !== 'string')
      return refuse(`${key} in its data is no text; Kubernetes holds texts there, with YAML inside`);
    texts.set(key, value);
  }
  return texts;
};
