import { diagnose, type Diagnostic } from '../../../diagnostics/index.ts';
import { associationKeys, entryKeys, entryKinds, scopeKeys, scopeKinds, type Kind } from '../../../eks/typed-inputs.ts';
import { quote } from '../../../hcl/index.ts';
import { readItems, placeOf, type Cluster, type WrittenObject, resolve, type Piece } from '../../../parser/index.ts';
import type { RootModule } from '../../../terraform/index.ts';

/** The entries of a cluster against the type that version 21 gives `access_entries`. */
export const checkEntries = (module: RootModule, { address, existing }: Cluster): readonly Diagnostic[] =>
  existing.entries
    .filter(({ form }) => form === 'argument')
    .flatMap(entry => {
      const name = entry.key === undefined ? 'an entry' : `access_entries[${quote(entry.key)}]`;
      const context = { module, call: address };
      return [
        ...checkObject(context, name, entry.object, entryKeys, entryKinds),
        ...readItems(entry.keyed).flatMap(association => [
          ...checkObject(context, `${association.key} of ${name}`, association.object, associationKeys, {}),
          ...(association.scopeObject
            ? checkObject(
                context,
                `access_scope of ${association.key} of ${name}`,
                association.scopeObject,
                scopeKeys,
                scopeKinds,
              )
            : []),
        ]),
      ];
    });

const checkObject = (
  { module, call }: { readonly module: RootModule; readonly call: string },
  name: string,
  { fields }: WrittenObject,
  known: readonly string[],
  kinds: Readonly<Record<string, Kind>>,
): readonly Diagnostic[] =>
  [...fields.values()].flatMap(field => {
    if (!known.includes(field.name)) {
      return [diagnose('TAE456', { call, entry: name, key: field.name, keys: known.join(', ') }, field.nameRange)];
    }
    const problem = kindProblem(module, field.piece, kinds[field.name]);
    const place = `${field.name} of ${name} (${call})`;
    return problem ? [diagnose('TAE241', { place, ...problem }, placeOf(field.piece))] : [];
  });

/** What is wrong with a value that is written out, where version 21 wants a map or a list. */
export const kindProblem = (
  module: RootModule,
  piece: Piece,
  wanted: Kind | undefined,
): { readonly problem: string; readonly advice: string } | undefined => {
  if (wanted === undefined) return undefined;
  const { kind } = resolve(module, piece).expression;
  const is = kinds[kind];
  if (is === undefined || is === wanted) return undefined;
  return {
    problem: `is a ${is}`,
    advice: wanted === 'map' ? 'Write a map, with a key for each: { a = {...} }.' : 'Write a list: [...].',
  };
};

const kinds: Readonly<Record<string, string>> = {
  tuple: 'list',
  object: 'map',
  template: 'string',
  bool: 'bool',
  number: 'number',
};
