import { JsonError, jsonValue, readJsonDocuments, type JsonNode } from '../../config/json.ts';
import { defined, diagnose, Refusal } from '../../diagnostics/index.ts';
import { entrySchema, placeOfEntryArn, policiesSchema, text } from './snapshot-documents.ts';
import { isQueryMessage, readQuery, type QueryMessage } from './snapshot-query.ts';
import { readState } from './snapshot-state.ts';
import { isRecord, type JsonRecord, type LiveEntry, type Policies, type Said, type Snapshot } from './snapshot.ts';

/** What a document says, with its place. */
type Placed = Said & { readonly node: JsonNode };

/**
 * Reads the live entries of one cluster or several: the JSON of `aws eks describe-access-entry` and `aws eks
 * list-associated-access-policies`, in any order, one after the other or in a list; `terraform query -json` of the list resources of
 * the same names; or `terraform show -json` of a state. With a state beside them the others say what is live, and the state where
 * Terraform has it. Throws a Refusal with TAE010 for anything else.
 */
export const readSnapshot = (file: string, source: string): Snapshot => {
  const refuse: Refuse = (reason, { offset, length }) => {
    throw new Refusal(diagnose('TAE010', { path: file, reason }, { file, start: offset, end: offset + length }));
  };
  const nodes = readDocuments(source, refuse).map(node => ({ node, value: jsonValue(node) }));
  const messages = nodes.filter(isMessage);
  const read = [
    ...nodes
      .filter(document => !isMessage(document))
      .map(({ node, value }) => ({ node, ...readDocument(value, reason => refuse(reason, node)) })),
    ...readMessages(messages, refuse),
  ];
  const states = read.filter(({ managed }) => managed !== undefined);
  const live = read.filter(({ managed }) => managed === undefined);
  const entries = join(live.length > 0 ? live : states, refuse);
  const [first] = states;
  if (entries.length === 0 && first) refuse('the state holds no aws_eks_access_entry', first.node);
  return {
    file,
    entries,
    ...(first ? { managed: states.flatMap(({ managed = [] }) => managed) } : {}),
    ...(live.length === 0 ? { stateOnly: true as const } : {}),
  };
};

type Document = { readonly node: JsonNode; readonly value: unknown };

type Message = Document & { readonly value: JsonRecord };

const isMessage = (document: Document): document is Message =>
  isRecord(document.value) && isQueryMessage(document.value);

/** All lines of `terraform query -json` are one document: where one stands is where the first one does. */
const readMessages = (lines: readonly Message[], refuse: Refuse): readonly Placed[] => {
  const [first] = lines;
  if (first === undefined) return [];
  const places = new Map<QueryMessage, JsonNode>();
  let run = 0;
  for (const { node, value } of lines) {
    if (value['type'] === 'version') run += 1;
    places.set({ run, value }, node);
  }
  const said = readQuery([...places.keys()], (reason, message) => refuse(reason, places.get(message) ?? first.node));
  return [{ node: first.node, ...said }];
};

type Refuse = (reason: string, place: Pick<JsonNode, 'offset' | 'length'>) => never;
type RefuseDocument = (reason: string) => never;

const readDocuments = (source: string, refuse: Refuse): JsonNode[] => {
  try {
    const documents = readJsonDocuments(source).flatMap(node =>
      node.type === 'array' ? (node.children ?? []) : [node],
    );
    return documents.length > 0 ? documents : refuse('it is empty', { offset: 0, length: 0 });
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    return refuse(error.message, { offset: error.start, length: error.start < source.length ? 1 : 0 });
  }
};

const readDocument = (value: unknown, refuse: RefuseDocument): Said => {
  if (!isRecord(value)) return refuse('a document is no object');
  const { accessEntry, associatedAccessPolicies: policies, accessEntries, values } = value;
  if (isRecord(accessEntry)) {
    const lacks = 'no principalArn, no type, or kubernetesGroups that are no list of strings';
    const entry = entrySchema.safeParse(accessEntry).data ?? refuse(`an access entry has ${lacks}`);
    const place = placeOfEntryArn(accessEntry['accessEntryArn']);
    const places = place === undefined ? [] : [{ clusterName: entry.clusterName, place }];
    return { entries: [entry], policies: [], places };
  }
  if (Array.isArray(policies)) return { entries: [], policies: [readPolicies(value, refuse)] };
  if (Array.isArray(accessEntries)) refuse('the output of list-access-entries has neither types nor groups');
  if ('planned_values' in value) refuse('it is a plan, and a plan is not what is live');
  if (isRecord(values)) return readState(values, refuse);
  if (isEmptyState(value)) return { entries: [], policies: [], managed: [] };
  return refuse('a document is neither an access entry, nor a list of associated policies, nor a Terraform state');
};

/** `terraform show -json` leaves the values out where there are none. */
const isEmptyState = (value: JsonRecord): boolean =>
  'format_version' in value && Object.keys(value).every(key => /^(format_version|terraform_version|checks)$/.test(key));

const readPolicies = (document: JsonRecord, refuse: RefuseDocument): Policies => {
  const { nextToken, NextToken, principalArn } = document;
  if (text.safeParse(nextToken ?? NextToken).success) {
    refuse('a list of associated policies is one page of several; leave --max-items and --no-paginate out');
  }
  if (!text.safeParse(principalArn).success) refuse('a list of associated policies has no principalArn');
  const { data } = policiesSchema.safeParse(document);
  return data ?? refuse(`an associated policy of ${String(principalArn)} has no policyArn or no accessScope`);
};

/** Two clusters of one name, in two regions or accounts, prove nothing about each other, and no command can tell them apart. */
const refuseNamesakes = (documents: readonly Placed[], refuse: Refuse): void => {
  const known = new Map<string | undefined, string>();
  for (const { node, places = [] } of documents) {
    for (const { clusterName, place } of places) {
      const other = known.get(clusterName) ?? place;
      if (other !== place) {
        refuse(`it holds entries of two clusters named ${clusterName}, one in ${other} and one in ${place}`, node);
      }
      known.set(clusterName, other);
    }
  }
};

/** Puts the associations to their entries. An entry without them has unknown policies. */
const join = (documents: readonly Placed[], refuse: Refuse): readonly LiveEntry[] => {
  const placed = documents.flatMap(({ node, entries: own, policies: associated }) =>
    [...own, ...associated].map(part => ({ node, part })),
  );
  const clusters = new Set(placed.flatMap(({ part }) => part.clusterName ?? []));
  refuseNamesakes(documents, refuse);
  const [first, second] = clusters;
  const entries = new Map<string, LiveEntry>();
  const policies = new Map<string, Policies['policies']>();
  // Of one cluster, a document need not name it.
  const keyOf = ({ clusterName, principalArn }: Pick<LiveEntry, 'clusterName' | 'principalArn'>): string =>
    JSON.stringify([clusters.size > 1 ? clusterName : first, principalArn]);
  const put = <Part>(known: Map<string, Part>, key: string, part: Part, told: string, node: JsonNode): void => {
    if (JSON.stringify(known.get(key) ?? part) !== JSON.stringify(part)) {
      refuse(`it says two different things about ${told}`, node);
    }
    known.set(key, part);
  };
  for (const { node, part } of placed) {
    const { clusterName, principalArn } = part;
    if (second !== undefined && clusterName === undefined) {
      refuse(`it holds entries of ${first} and ${second}, and does not say of which ${principalArn} is one`, node);
    }
    const told = second === undefined ? principalArn : `${principalArn} in the cluster ${clusterName}`;
    if ('type' in part) put(entries, keyOf(part), part, told, node);
    else put(policies, keyOf(part), part.policies, told, node);
  }
  for (const { node, part } of placed) {
    if (!entries.has(keyOf(part)))
      refuse(`it has the associated policies of ${part.principalArn} and not its entry`, node);
  }
  return [...entries].map(([key, entry]) => ({ ...entry, ...defined({ policies: policies.get(key) }) }));
};
