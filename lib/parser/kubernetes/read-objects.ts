import { Refusal } from '../../diagnostics/index.ts';
import { isRecord, type JsonRecord } from '../entries/snapshot.ts';
import { JsonError, jsonValue, readJsonDocuments } from '../../config/json.ts';
import { parseJson } from '../../terraform/json-syntax.ts';

/** An object of Kubernetes, and how messages call it: `ClusterRoleBinding view`, or `RoleBinding team/view`. */
export type KubernetesObject = {
  /** The group of its API, without the version; empty for the first one, and where the text does not say. */
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly called: string;
  readonly namespace: string | undefined;
  readonly fields: JsonRecord;
};

/** Says why the text cannot be read. */
type Refuse = (reason: string) => never;

/**
 * The objects of a text: documents of YAML, or of JSON one after the other, each an object or a list of some, as `kubectl get -o json`
 * and `-o yaml` print them.
 */
export const readObjects = async (source: string, refuse: Refuse): Promise<readonly KubernetesObject[]> => {
  const text = source.replace(/^\ufeff/, '');
  const documents = /^\s*[[{]/.test(text) ? readJson(text, refuse) : await readYaml(text, refuse);
  return documents.flatMap(document => itemsOf(document, refuse)).map(fields => objectOf(fields, refuse));
};

const readJson = (text: string, refuse: Refuse): readonly unknown[] => {
  const whole = parseJson(text);
  if (whole !== undefined) return [whole];
  try {
    return readJsonDocuments(text).map(jsonValue);
  } catch (error) {
    if (error instanceof JsonError) return refuse(`its JSON cannot be read: ${error.message}`);
    throw error;
  }
};

const readYaml = async (text: string, refuse: Refuse): Promise<readonly unknown[]> => {
  const yaml = await import('yaml');
  try {
    const documents = yaml.parseAllDocuments(text, { schema: 'failsafe', logLevel: 'silent', prettyErrors: false });
    return [...documents].flatMap(document => {
      const [error] = document.errors;
      if (error) throw error;
      // kubectl writes none, and one may be inside of what it stands for.
      yaml.visit(document, { Alias: () => refuse('its YAML has anchors, which kubectl does not write') });
      return document.contents === null ? [] : [document.toJS() as unknown];
    });
  } catch (error) {
    if (error instanceof Refusal) throw error;
    // What is nested without end ends the stack of the parser.
    const { message } = error instanceof Error ? error : new Error(String(error));
    return refuse(`its YAML cannot be read: ${message.split('\n')[0]}`);
  }
};

/** The items of a list of the API do not say what they are: the list does. */
const itemsOf = (document: unknown, refuse: Refuse): readonly JsonRecord[] => {
  if (!isRecord(document)) return refuse('it holds something that is no Kubernetes object');
  const { apiVersion, kind, items, metadata } = document;
  if (typeof kind !== 'string' || !kind.endsWith('List') || !Array.isArray(items))
    return kind === 'List' ? refuse('a List has no items') : [document];
  if (isRecord(metadata) && textOf(metadata['continue']) !== undefined)
    return refuse('it is one page of several; leave --chunk-size and --limit out');
  const implied = kind === 'List' ? {} : { apiVersion, kind: kind.slice(0, -'List'.length) };
  return items.map(item =>
    isRecord(item) ? { ...implied, ...item } : refuse('it holds something that is no Kubernetes object'),
  );
};

const objectOf = (fields: JsonRecord, refuse: Refuse): KubernetesObject => {
  const { apiVersion, kind, metadata } = fields;
  if (typeof kind !== 'string') return refuse('it holds an object without kind');
  const said = isRecord(metadata) ? metadata : {};
  const name = textOf(said['name']) ?? refuse(`a ${kind} has no name`);
  const namespace = textOf(said['namespace']);
  const group = textOf(apiVersion)?.split('/').slice(0, -1).join('/') ?? '';
  return {
    group,
    kind,
    name,
    namespace,
    called: `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`,
    fields,
  };
};

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
