import { attribute, blocks, sourceOf, type Body } from '../../hcl/index.ts';
import { repetitionOf, type ExistingEntry } from '../../parser/index.ts';
import { blocksOf, evaluate, knownString, referencesOf, type PlacedBlock, type Value } from '../../terraform/index.ts';
import type { Address, Declarations, Declared, DeclaredAssociation, Unread } from './declared.ts';
import { policyOf, scopeFrom, typeOf } from './from-value.ts';
import { regionOf, type Place } from './place.ts';

/** Entries that are resources of this directory, with the associations that belong to them. */
export const inResources = (entries: readonly ExistingEntry[], place: Place): Declarations => {
  const read = entries.flatMap(entry => ('labels' in entry.written ? [resourceOf(entry, entry.written, place)] : []));
  return {
    declared: read.flatMap(one => ('address' in one ? [one] : [])),
    unread: read.flatMap(one => ('address' in one ? [] : [one])),
  };
};

const resourceOf = (entry: ExistingEntry, block: PlacedBlock, place: Place): Declared | Unread => {
  const at = addressOf(block, place);
  if (!at) return { what: `the instances of aws_eks_access_entry.${entry.key}`, range: block.headerRange };
  const principal = attribute(block.body, 'principal_arn')?.value;
  const principalArn = principal && knownString(evaluate(principal, place.module.scope));
  const identity = place.decided(principal && sourceOf(block.in.text, principal.range)) ?? entry.identity;
  const type = typeOf(valueOf(block.body, 'type', place));
  const region = regionOf(block.body, place.module);
  return {
    ...at,
    identity,
    ...(principalArn === undefined ? {} : { principalArn }),
    ...(type === undefined ? {} : { type }),
    associations: blocksOf(place.module, 'resource', 'aws_eks_access_policy_association').flatMap(own =>
      belongs(own, block, place) ? associationOf(own, place) : [],
    ),
    ...(region ? { region } : {}),
    range: block.headerRange,
  };
};

/** Undefined for instances that an expression says. */
const addressOf = (
  block: PlacedBlock,
  place: Place,
): { readonly address: Address; readonly maybe?: true } | undefined => {
  const [type = '', label = ''] = block.labels;
  const repetition = repetitionOf({ block });
  if (repetition.kind === 'many') return undefined;
  if (repetition.kind === 'once') return { address: place.resourceAt(type, label) };
  const address = place.resourceAt(type, label, 0);
  return repetition.condition === undefined ? { address } : { address, maybe: true };
};

/** Its principal is that of the entry, by reference or by the same ARN for the same cluster. */
const belongs = (association: PlacedBlock, entry: PlacedBlock, place: Place): boolean => {
  const principal = attribute(association.body, 'principal_arn')?.value;
  if (!principal) return false;
  const [first] = referencesOf(principal);
  if (first?.path[0] === 'aws_eks_access_entry') return first.path[1] === entry.labels[1];
  const arn = knownString(evaluate(principal, place.module.scope));
  return (
    arn !== undefined &&
    arn === knownString(valueOf(entry.body, 'principal_arn', place)) &&
    sourceAt(association, 'cluster_name') === sourceAt(entry, 'cluster_name')
  );
};

const sourceAt = (block: PlacedBlock, name: string): string | undefined => {
  const found = attribute(block.body, name);
  return found && sourceOf(block.in.text, found.value.range);
};

const associationOf = (block: PlacedBlock, place: Place): DeclaredAssociation[] => {
  const at = addressOf(block, place);
  const policy = policyOf(valueOf(block.body, 'policy_arn', place));
  if (!at || policy === undefined) return [];
  const scope = blocks(block.body, 'access_scope')[0]?.body;
  const read = scope && scopeFrom(valueOf(scope, 'type', place), valueOf(scope, 'namespaces', place));
  return [{ ...at, policy, ...read }];
};

const valueOf = (body: Body, name: string, { module }: Place): Value | undefined => {
  const found = attribute(body, name);
  return found && evaluate(found.value, module.scope);
};
