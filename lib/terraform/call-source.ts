import { attribute, sourceOf, stringValue } from '../hcl/index.ts';
import { evaluate } from './evaluate.ts';
import type { PlacedBlock, RootModule } from './root-module.ts';
import { knownString } from './value.ts';

/**
 * The text of `source` of a call, also where locals or `path.module` make it, as OpenTofu takes it; undefined where a plan alone knows
 * it. Source: opentofu.org/docs/language/modules/sources (OpenTofu 1.8: variables and locals in module sources).
 */
export const callSource = ({ scope }: RootModule, block: PlacedBlock): string | undefined => {
  const found = attribute(block.body, 'source');
  return found && (stringValue(found.value) ?? knownString(evaluate(found.value, scope.filePaths ?? scope)));
};

/** The source of a call that a plan alone knows, as it is written. */
export const computedSource = (module: RootModule, block: PlacedBlock): string | undefined => {
  const found = attribute(block.body, 'source');
  return found && callSource(module, block) === undefined ? sourceOf(block.in.text, found.value.range) : undefined;
};
