import { groupBy } from '../../terraform/group-by.ts';
import { entrySchema, placeOfEntryArn, policiesSchema, text } from './snapshot-documents.ts';
import { entryDocument, policiesDocument } from './snapshot-state.ts';
import { isRecord, jsonAt, type JsonRecord, type Policies, type Said } from './snapshot.ts';

/** One line of the output. `run` counts the runs that stand one after the other. */
export type QueryMessage = { readonly run: number; readonly value: JsonRecord };

type Refuse = (reason: string, message: QueryMessage) => never;

/** One block `list`, or one of its instances: its results, and what it was asked for. */
type List = { readonly start: QueryMessage; readonly found: readonly QueryMessage[]; readonly asked: JsonRecord };

/** Source: developer.hashicorp.com/terraform/internals/machine-readable-ui (every message has them). */
export const isQueryMessage = (value: JsonRecord): boolean => '@level' in value && '@message' in value;

/** Where a block `list` without `limit` ends. Source: developer.hashicorp.com/terraform/language/block/tfquery/list */
const defaultLimit = 100;

/**
 * The entries and associations that `terraform query -json` found, in the form of a state. An entry whose associations were not asked
 * for has unknown policies. What is cut off, filtered or without the objects themselves is refused.
 *
 * Sources: hashicorp/terraform, internal/command/views/json/query.go; hashicorp/terraform-provider-aws,
 * internal/service/eks/access_entry_list.go and access_policy_association_list.go, from release 6.57.0 on.
 */
export const readQuery = (messages: readonly QueryMessage[], refuse: Refuse): Said => {
  const failed = messages.find(({ value }) => jsonAt(value, 'diagnostic', 'severity') === 'error');
  if (failed) refuse(`the query failed: ${String(jsonAt(failed.value, 'diagnostic', 'summary'))}`, failed);
  const lists = (type: string): readonly List[] => listsOf(messages, type, refuse);
  const entryLists = lists('aws_eks_access_entry');
  const [first] = messages;
  if (entryLists.length === 0 && first) refuse('the query lists no aws_eks_access_entry', first);
  refuseSecondLists(entryLists, refuse);
  return {
    places: entryLists.flatMap(({ found }) =>
      found.flatMap(({ value }) => {
        const object = bodyOf(value)?.['resource_object'];
        const place = placeOfEntryArn(jsonAt(object, 'access_entry_arn'));
        const clusterName = text.safeParse(jsonAt(object, 'cluster_name')).data;
        return place === undefined ? [] : [{ clusterName, place }];
      }),
    ),
    entries: entryLists.flatMap(({ start, found, asked }) => {
      if (text.safeParse(asked['associated_policy_arn']).success)
        refuse('the query lists the entries of one policy alone: leave associated_policy_arn out', start);
      return found.map(message => read(message, entrySchema, entryDocument, refuse));
    }),
    policies: lists('aws_eks_access_policy_association').flatMap(list => policiesOf(list, refuse)),
  };
};

const listsOf = (messages: readonly QueryMessage[], type: string, refuse: Refuse): readonly List[] =>
  [
    ...groupBy(
      messages.filter(({ value }) => bodyOf(value)?.['resource_type'] === type),
      ({ run, value }) => JSON.stringify([run, bodyOf(value)?.['address']]),
    ).values(),
  ].flatMap(group => {
    const of = (kind: string): readonly QueryMessage[] => group.filter(({ value }) => value['type'] === kind);
    const [[start = group[0]], found, [complete]] = [of('list_start'), of('list_resource_found'), of('list_complete')];
    if (start === undefined) return [];
    const address = String(bodyOf(start.value)?.['address']);
    if (complete === undefined || bodyOf(complete.value)?.['total'] !== found.length)
      refuse(`the query is cut off: ${address} is not complete`, start);
    if (found.length === defaultLimit) {
      refuse(
        `${address} has ${defaultLimit} results, and a list block ends there by itself: set its limit to more`,
        start,
      );
    }
    const asked = jsonAt(start.value, 'list_start', 'input_config');
    return [{ start, found, asked: isRecord(asked) ? asked : {} }];
  });

/** An earlier list of the same cluster would bring back what is deleted since, as when a file was added to instead of written anew. */
const refuseSecondLists = (lists: readonly List[], refuse: Refuse): void => {
  const known = new Map<unknown, string>();
  for (const { start, found, asked } of lists) {
    const key = JSON.stringify([asked['cluster_name'], asked['region']]);
    const principals = JSON.stringify(
      found.map(({ value }) => jsonAt(bodyOf(value), 'resource_object', 'principal_arn')).toSorted(),
    );
    if ((known.get(key) ?? principals) !== principals) {
      refuse(`it lists the entries of ${String(asked['cluster_name'])} twice, and not the same ones`, start);
    }
    known.set(key, principals);
  }
};

/** What a message says stands under the name of its type. */
const bodyOf = (value: JsonRecord): JsonRecord | undefined => {
  const body = jsonAt(value, String(value['type']));
  return isRecord(body) ? body : undefined;
};

/** A list without results says that its principal has no policy. */
const policiesOf = ({ start, found, asked }: List, refuse: Refuse): readonly Policies[] => {
  const documents = found.map(message => read(message, policiesSchema, policiesDocument, refuse));
  const { cluster_name: clusterName, principal_arn: principalArn } = asked;
  const { data } = policiesSchema.safeParse({ clusterName, principalArn, associatedAccessPolicies: [] });
  const head = data ?? documents[0] ?? refuse('a list of associations does not say of which principal', start);
  return [{ ...head, policies: documents.flatMap(({ policies }) => policies) }];
};

const read = <Read>(
  message: QueryMessage,
  schema: { safeParse: (document: unknown) => { data?: Read } },
  documentOf: (values: JsonRecord) => object,
  refuse: Refuse,
): Read => {
  const address = String(bodyOf(message.value)?.['address']);
  const object = bodyOf(message.value)?.['resource_object'];
  if (!isRecord(object))
    return refuse(`the results of ${address} are names alone: set include_resource = true in it`, message);
  return (
    schema.safeParse(documentOf(object)).data ?? refuse(`a result of ${address} lacks what the provider sets`, message)
  );
};
