import type { RootModule } from '../../terraform/index.ts';
import { rowsInCalls } from './called-modules.ts';
import { rowsByCommands } from './commands.ts';
import { identityMappings } from './identity-mappings.ts';
import { rowsInInputs } from './inputs.ts';
import { mentionsRoute } from './routes.ts';
import type { RowsElsewhere } from './rows-elsewhere.ts';

/** Rows of aws-auth by the routes that no phase rewrites. `terragrunt` are the files with inputs, `localModules` those that were read, by their source. */
export const readRoutes = async (
  module: RootModule,
  terragrunt: readonly RootModule[],
  localModules: ReadonlySet<string>,
): Promise<readonly RowsElsewhere[]> => {
  const inputs = terragrunt.flatMap(rowsInInputs);
  // An escape in a string may stand for a name.
  if (!module.files.some(({ text }) => mentionsRoute(text) || /\\u[0-9a-f]{4}/i.test(text))) return inputs;
  return [
    ...rowsInCalls(module, localModules),
    ...rowsByCommands(module),
    ...(await identityMappings(module)),
    ...inputs,
  ];
};
