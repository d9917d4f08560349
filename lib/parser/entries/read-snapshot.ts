import { JsonError, jsonValue, readJsonDocuments, type JsonNode } from '../../config/json.ts';
import { diagnose, Refusal } from '../../diagnostics/index.ts';
import {
  type LiveEntry,
  type LivePolicy,
  type Snapshot,
  type SnapshotPart,
  isRecord,
  list,
  text,
  type JsonRecord,
} from './snapshot.ts';
import { readState, type StateParts } from './snapshot-state.ts';

/** A part with the place of its document. */
type Placed = { readonly part: SnapshotPart; readonly node: JsonNode };

/**
 * Reads the live entries of one cluster: the JSON of `aws eks describe-access-entry` and `aws eks
 * list-associated-access-policies`, in any order, one after the other or in a list; or `terraform show -json` of a state. With
 * both the first say what is live, and the state where Terraform has it. Throws a Refusal with TAE010 for anything else.
 */
export const readSnapshot = (file: string, source: string): Snapshot => {
  const refuse: Refuse = (reason, { offset, length }) => {
    throw new Refusal(diagnose('TAE010', { path: file, reason }, { file, start: offset, end: offset + length }));
  };
  const read = readDocuments(source, refuse).map(node => {
    const result = readDocument(jsonValue(node));
    return { node, result: typeof result === 'string' ? refuse(result, node) : result };
  });
  const states = read.flatMap(({ node, result }) => ('managed' in result ? [{ node, state: result }] : []));
  const live = read.flatMap(({ node, result }): Placed[] =>
    'managed' in result ? [] : result.map(part => ({ part, node })),
  );
  const managed = states.flatMap(({ state }) => state.managed);
  const parts =
    live.length > 0 ? live : states.flatMap(({ node, state }): Placed[] => state.parts.map(part => ({ part, node })));
  const [first] = states;
  if (parts.length === 0 && first) refuse('the state holds no aws_eks_access_entry', first.node);
  return {
    file,
    entries: join(parts, refuse),
    ...(first ? { managed } : {}),
    ...(live.length === 0 ? { stateOnly: true as const } : {}),
  };
};

type Refuse = (reason: string, place: Pick<JsonNode, 'offset' | 'length'>) => never;

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

/** The parts of one document, or what is wrong with it. */
const readDocument = (value: unknown): SnapshotPart[] | StateParts | string => {
  if (!isRecord(value)) return 'a document is no object';
  if (isRecord(value['accessEntry'])) return readEntry(value['accessEntry']);
  if (Array.isArray(value['associatedAccessPolicies'])) return readPolicies(value, value['associatedAccessPolicies']);
  if (Array.isArray(value['accessEntries'])) return 'the output of list-access-entries has neither types nor groups';
  if ('planned_values' in value) return 'it is a plan, and a plan is not what is live';
  if (isRecord(value['values'])) return readState(value['values']);
  if (isEmptyState(value)) return { parts: [], managed: [] };
  return 'a document is neither an access entry, nor a list of associated policies, nor a Terraform state';
};

/** `terraform show -json` leaves the values out where there are none. */
const isEmptyState = (value: JsonRecord): boolean =>
  'format_version' in value && Object.keys(value).every(key => /^(format_version|terraform_version|checks)$/.test(key));

const readEntry = (entry: JsonRecord): SnapshotPart[] | string => {
  const principalArn = text(entry['principalArn']);
  const type = text(entry['type']);
  const groups = list(entry['kubernetesGroups'] ?? [], text);
  if (principalArn === undefined || type === undefined || groups === undefined) {
    return 'an access entry has no principalArn, no type, or kubernetesGroups that are no list of strings';
  }
  const clusterName = text(entry['clusterName']);
  const username = text(entry['username']);
  return [
    {
      kind: 'entry',
      entry: {
        ...(clusterName === undefined ? {} : { clusterName }),
        principalArn,
        type,
        ...(username === undefined ? {} : { username }),
        groups,
      },
    },
  ];
};

const readPolicies = (document: JsonRecord, associations: readonly unknown[]): SnapshotPart[] | string => {
  if (text(document['nextToken'] ?? document['NextToken']) !== undefined) {
    return 'a list of associated policies is one page of several; leave --max-items and --no-paginate out';
  }
  const principalArn = text(document['principalArn']);
  const policies = list(associations, readPolicy);
  if (principalArn === undefined) return 'a list of associated policies has no principalArn';
  if (policies === undefined) return `an associated policy of ${principalArn} has no policyArn or no accessScope`;
  const clusterName = text(document['clusterName']);
  return [{ kind: 'policies', ...(clusterName === undefined ? {} : { clusterName }), principalArn, policies }];
};

const readPolicy = (association: unknown): LivePolicy | undefined => {
  if (!isRecord(association) || !isRecord(association['accessScope'])) return undefined;
  const policyArn = text(association['policyArn']);
  const scope = association['accessScope']['type'];
  const namespaces = list(association['accessScope']['namespaces'] ?? [], text);
  if (policyArn === undefined || namespaces === undefined) return undefined;
  return scope === 'cluster' || scope === 'namespace' ? { policyArn, scope, namespaces } : undefined;
};

/** Puts the associations to their entries. An entry without them has unknown policies. */
const join = (parts: readonly Placed[], refuse: Refuse): LiveEntry[] => {
  const entries = new Map<string, LiveEntry>();
  const policies = new Map<string, readonly LivePolicy[]>();
  let cluster: string | undefined;
  for (const { part, node } of parts) {
    const { clusterName, principalArn } = part.kind === 'entry' ? part.entry : part;
    if (clusterName !== undefined && clusterName !== (cluster ??= clusterName)) {
      refuse(`it holds entries of two clusters, ${cluster} and ${clusterName}`, node);
    }
    const known: LiveEntry | readonly LivePolicy[] | undefined =
      part.kind === 'entry' ? entries.get(principalArn) : policies.get(principalArn);
    const given = part.kind === 'entry' ? part.entry : part.policies;
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(given)) {
      refuse(`it says two different things about ${principalArn}`, node);
    }
    if (part.kind === 'entry') entries.set(principalArn, part.entry);
    else policies.set(principalArn, part.policies);
  }
  const stray = parts.find(({ part }) => part.kind === 'policies' && !entries.has(part.principalArn));
  if (stray?.part.kind === 'policies') {
    refuse(`it has the associated policies of ${stray.part.principalArn} and not its entry`, stray.node);
  }
  return [...entries.values()].map(entry => {
    const known = policies.get(entry.principalArn);
    return known === undefined ? entry : { ...entry, policies: known };
  });
};
