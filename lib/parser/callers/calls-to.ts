import { attribute, attributesOf } from '../../hcl/index.ts';
import {
  blocksOf,
  callSource,
  computedSource,
  jsonBlocks,
  jsonMembers,
  parseJson,
  type PlacedBlock,
  type RootModule,
} from '../../terraform/index.ts';
import { metaArguments } from '../clusters/module-call.ts';

/** The calls of the module at hand in a root module, by the texts of `source` that lead to it. */
export const callsTo = (module: RootModule, sources: readonly string[]): readonly PlacedBlock[] =>
  blocksOf(module, 'module').filter(block => sources.includes(callSource(module, block) ?? ''));

/**
 * The calls whose `source` a plan alone knows, and that may be calls of the module: Terraform refuses an argument that is no variable,
 * and a call without one that has no default.
 */
export const computedCalls = (
  module: RootModule,
  sources: readonly string[],
  called: RootModule,
): readonly PlacedBlock[] => {
  const variables = blocksOf(called, 'variable').map(({ labels: [name = ''], body }) => ({
    name,
    isRequired: attribute(body, 'default') === undefined,
  }));
  return blocksOf(module, 'module').filter(block => {
    if (block.isUnit || !sources.includes(computedSource(module, block) ?? '')) return false;
    const given = new Set(attributesOf(block.body).map(({ name }) => name));
    return (
      variables.every(({ name, isRequired }) => !isRequired || given.has(name)) &&
      [...given].every(name => metaArguments.has(name) || variables.some(variable => variable.name === name))
    );
  });
};

/** The texts of `source` in a file in JSON syntax: of calls, or of a unit of Terragrunt. */
export const jsonSources = (text: string): readonly string[] => {
  const document = parseJson(text);
  const ofUnit = jsonBlocks(document, 'terraform');
  const ofCalls = jsonBlocks(document, 'module').flatMap(([, call]) => jsonMembers(call));
  return [...ofCalls, ...ofUnit].flatMap(([name, value]) =>
    name === 'source' && typeof value === 'string' ? [value] : [],
  );
};

/** The files in JSON syntax that call the module at hand. */
export const jsonFilesCalling = ({ json }: RootModule, sources: readonly string[]): readonly string[] =>
  [...json].filter(([, text]) => jsonSources(text).some(source => sources.includes(source))).map(([file]) => file);
