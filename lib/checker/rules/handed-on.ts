import { diagnose } from '../../diagnostics/index.ts';
import { attribute } from '../../hcl/index.ts';
import { callsEks, isLocalSource } from '../../parser/callers/look.ts';
import { handedOn } from '../../parser/index.ts';
import {
  blocksOf,
  createGraph,
  callAddress,
  evaluate,
  reaches,
  referencesOf,
  type RootModule,
} from '../../terraform/index.ts';
import type { CheckRule } from '../entries.ts';

/**
 * Rows that a call hands to a local module which hands them on to another one: they are not in aws-auth of that module, and whoever
 * converts looks further. What a module that writes aws-auth itself is handed has words of its own (TAE775), and none
 * once it does so no more.
 */
export const rowsHandedOn: CheckRule = ({ source: { module, localModules, clusters, mappings, elsewhere } }) =>
  clusters.length + mappings.length > 0
    ? []
    : handedOn(module).flatMap(({ call, argument, target, range }) => {
        const next = localModules.get(target);
        if (!next || elsewhere.some(({ address }) => address === call) || isEmpty(module, call, argument)) return [];
        const further = handedOn(next).find(one => {
          const value = valueOf(next, one.call, one.argument);
          return (
            value !== undefined &&
            !isOfEks(one.target) &&
            reaches(createGraph(next), referencesOf(value), ({ path }) => path.join('.') === `var.${argument}`)
          );
        });
        return further ? [diagnose('TAE288', { call, argument, target, further: further.target }, range)] : [];
      });

/** A local module may lie in a directory of that name. */
const isOfEks = (source: string): boolean => callsEks(source) && !isLocalSource(source);

const valueOf = (module: RootModule, call: string, argument: string) => {
  const block = blocksOf(module, 'module').find(one => callAddress(one) === call);
  return block && attribute(block.body, argument)?.value;
};

const isEmpty = (module: RootModule, call: string, argument: string): boolean => {
  const given = valueOf(module, call, argument);
  const value = given && evaluate(given, module.scope);
  return value?.kind === 'null' || value?.kind === 'bool' || (value?.kind === 'list' && value.items.length === 0);
};
