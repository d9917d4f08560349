import { distance } from 'fastest-levenshtein';
import { diagnose, type Diagnostic } from './diagnostics/index.ts';
import type { Layer } from './environment-values.ts';
import { phaseVariable } from './parser/index.ts';
import { blocksOf, isInJson, type RootModule } from './terraform/index.ts';

/**
 * Files of values that give the phase under a name which is nearly that of its variable, and declared nowhere: Terraform warns of it, and
 * the environment is where the default is. Source: developer.hashicorp.com/terraform/language/values/variables (undeclared variables).
 */
export const sayMisspeltPhase = (layers: readonly Layer[], module: RootModule): readonly Diagnostic[] =>
  layers.flatMap(({ file: path, values }) => {
    if (values.has(phaseVariable)) return [];
    const name = [...values.keys()].find(one => isNear(one) && !isDeclared(module, one));
    return name === undefined ? [] : [diagnose('TAE283', { path, name })];
  });

const isDeclared = (module: RootModule, name: string): boolean =>
  blocksOf(module, 'variable', name).length > 0 || isInJson(module, name);

/** Three slips at most, such as `access_entry_phase`. */
const isNear = (name: string): boolean => distance(name.toLowerCase(), phaseVariable) <= 3;
