import { diagnose, type Diagnostic, type Range } from '../../diagnostics/index.ts';
import type { State } from '../../emitter/index.ts';
import { attribute, quote } from '../../hcl/index.ts';
import {
  namedMember,
  placeOf,
  readItems,
  resolve,
  type Cluster,
  type Piece,
  type WrittenObject,
} from '../../parser/index.ts';
import { blocksOf, evaluate, plainBlocksOf, type RootModule } from '../../terraform/index.ts';
import { clustersOf, entriesOf, type CheckRule } from '../entries.ts';

/**
 * What the module reads of each entry and each policy, and stops without: where it is null as where it is not there.
 * Source: terraform-aws-modules/eks, main.tf of version 20 (each.value.principal_arn) and variables.tf of version 21
 */
export const requiredFields: CheckRule = state => [
  ...clustersOf(state).flatMap(cluster => nullEntries(state, cluster)),
  ...entriesOf(state)
    .filter(({ written }) => written.form === 'argument')
    .flatMap(({ written: { object, range, keyed }, name, module }) => [
      ...lacking(module, { what: name, field: 'principal_arn', object, range }),
      ...nullPoliciesOf(module, name, object),
      ...readItems(keyed).flatMap(policy =>
        lacking(module, { ...policy, what: `The policy ${policy.key} of ${name}`, field: 'policy_arn' }),
      ),
    ]),
];

type Asked = {
  readonly what: string;
  readonly field: string;
  readonly object: WrittenObject;
  readonly range: Range;
};

const lacking = (module: RootModule, { what, field, object, range }: Asked): readonly Diagnostic[] => {
  const found = object.fields.get(field);
  const reader = 'the eks module reads it of each';
  if (!found) return object.whole ? [diagnose('TAE751', { what, lack: `has no ${field}`, reader, field }, range)] : [];
  if (evaluate(found.piece.expression, module.scope).kind !== 'null') return [];
  return [diagnose('TAE751', { what, lack: `has null as ${field}`, reader, field }, placeOf(found.piece))];
};

const nullEntries = (state: State, { address, existing: { argument } }: Cluster): readonly Diagnostic[] =>
  argument
    ? nullItems(state.source.module, { expression: argument.value, file: argument.in }).map(({ key, range }) =>
        isNull(`access_entries[${quote(key)}] of ${address}`, 'principal_arn', range),
      )
    : [];

const nullPoliciesOf = (module: RootModule, name: string, { fields }: WrittenObject): readonly Diagnostic[] => {
  const field = fields.get('policy_associations');
  return field
    ? nullItems(module, field.piece).map(({ key, range }) =>
        isNull(`The policy ${key} of ${name}`, 'policy_arn', range),
      )
    : [];
};

const isNull = (what: string, field: string, range: Range): Diagnostic =>
  diagnose('TAE751', { what, lack: 'is null', reader: `the eks module reads ${field} of each`, field }, range);

/** The keys of a map whose value is null, and where that stands. */
const nullItems = (module: RootModule, piece: Piece): readonly { readonly key: string; readonly range: Range }[] => {
  const value = evaluate(piece.expression, module.scope);
  if (value.kind !== 'object') return [];
  const found = resolve(module, piece);
  return [...value.entries].flatMap(([key, item]) => {
    if (item.kind !== 'null') return [];
    const written = namedMember(module, found, key);
    return [{ key, range: placeOf(written ?? piece) }];
  });
};

/** Source: terraform-provider-aws, website/docs/r of the two: arguments that are required */
const requiredOfResources = {
  aws_eks_access_entry: ['principal_arn'],
  aws_eks_access_policy_association: ['principal_arn', 'policy_arn'],
};

/** Also of those that no cluster here is known to be that of. */
export const requiredArguments: CheckRule = ({ source: { module, clusters, pairs } }) =>
  clusters.length + pairs.length + blocksOf(module, 'resource', 'aws_eks_cluster').length === 0
    ? []
    : Object.entries(requiredOfResources).flatMap(([type, fields]) =>
        plainBlocksOf(module, 'resource', type).flatMap(({ body, labels, headerRange }) =>
          fields.flatMap(field => {
            const found = attribute(body, field);
            if (found && evaluate(found.value, module.scope).kind !== 'null') return [];
            const lack = found ? `has null as ${field}` : `has no ${field}`;
            const reader = 'the provider requires it';
            return [
              diagnose('TAE751', { what: labels.join('.'), lack, reader, field }, found?.value.range ?? headerRange),
            ];
          }),
        ),
      );

/**
 * The module goes through the policies of each entry, and Terraform cannot go through null.
 * Source: terraform-aws-modules/eks, main.tf of version 20 (flattened_access_entries)
 */
export const nullPolicies: CheckRule = state =>
  entriesOf(state).flatMap(({ written, name, module, cluster: { version } }) => {
    const field = written.form === 'argument' ? written.object.fields.get('policy_associations') : undefined;
    if (!field || version.kind === 'unknown' || !version.version.startsWith('20.')) return [];
    const value = evaluate(resolve(module, field.piece).expression, module.scope);
    return value.kind === 'null' ? [diagnose('TAE748', { entry: name }, placeOf(field.piece))] : [];
  });
