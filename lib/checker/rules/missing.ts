import { diagnose } from '../../diagnostics/index.ts';
import { placeOf, readItems, resolve } from '../../parser/index.ts';
import { evaluate } from '../../terraform/index.ts';
import { entriesOf, placeOfField, type CheckRule } from '../entries.ts';

/**
 * What the module reads of each entry and each policy, and stops without. The provider asks resources for it.
 * Source: terraform-aws-modules/eks, main.tf of version 20 (each.value.principal_arn) and variables.tf of version 21
 */
export const requiredFields: CheckRule = state =>
  entriesOf(state)
    .filter(({ written }) => written.form === 'argument')
    .flatMap(({ written, name }) => [
      ...(written.object.whole && !written.object.fields.has('principal_arn')
        ? [diagnose('TAE751', { what: name, field: 'principal_arn' }, written.range)]
        : []),
      ...readItems(written.keyed)
        .filter(({ object }) => object.whole && !object.fields.has('policy_arn'))
        .map(({ key, range }) =>
          diagnose('TAE751', { what: `The policy ${key} of ${name}`, field: 'policy_arn' }, range),
        ),
    ]);

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

/** Source: https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAccessEntry.html (TagMap: at most 50) */
const maxTags = 50;

export const tags: CheckRule = state =>
  entriesOf(state).flatMap(({ written, name, module }) => {
    const field = written.object.fields.get('tags');
    const value = field && evaluate(field.piece.expression, module.scope);
    if (value?.kind !== 'object' || value.entries.size <= maxTags) return [];
    return [diagnose('TAE752', { entry: name, count: value.entries.size }, placeOfField(written.object, 'tags'))];
  });
