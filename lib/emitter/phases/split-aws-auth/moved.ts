import { quote } from '../../../hcl/index.ts';
import type { Repetition } from '../../../parser/index.ts';
import { evaluate, knownString, type RootModule, type Value } from '../../../terraform/index.ts';

/** The resources of aws-auth, which have the same names in the module of version 19 and in the submodule of version 20. */
const resources = ['kubernetes_config_map.aws_auth[0]', 'kubernetes_config_map_v1_data.aws_auth[0]'];

/** What goes from one address to another. */
export type Move = { readonly from: string; readonly to: string };

/** The moves from one call to another, one per resource and instance. Undefined where the source does not tell the instances. */
export const movesOf = (
  module: RootModule,
  from: string,
  to: string,
  repetition: Repetition,
): readonly Move[] | undefined =>
  keysOf(module, repetition)?.flatMap(key =>
    resources.map(resource => ({ from: `${from}${key}.${resource}`, to: `${to}${key}.${resource}` })),
  );

/** From one module package to another it needs Terraform 1.3. Source: hashicorp/terraform pull request 31556. */
export const printMove = ({ from, to }: Move): string => `moved {\n  from = ${from}\n  to   = ${to}\n}`;

/** The key of each instance as it stands in an address. */
const keysOf = (module: RootModule, repetition: Repetition): readonly string[] | undefined => {
  if (repetition.kind === 'once') return [''];
  if (repetition.kind === 'when') return ['[0]'];
  const value = evaluate(module.parseExpression(repetition.source).expression, module.scope);
  if (repetition.argument === 'count') {
    const count = value.kind === 'number' ? Number(value.text) : Number.NaN;
    return Number.isSafeInteger(count) ? Array.from({ length: count }, (_, at) => `[${at}]`) : undefined;
  }
  return namesOf(value)?.map(name => `[${quote(name)}]`);
};

const namesOf = (value: Value): readonly string[] | undefined => {
  if (value.kind === 'object') return [...value.entries.keys()];
  if (value.kind !== 'list') return undefined;
  const names = value.items.map(knownString);
  return names.every(name => name !== undefined) ? names : undefined;
};
