import type { RootModule } from '../../terraform/index.ts';
import { rowsInCalls } from './called-modules.ts';
import { rowsByCommands } from './commands.ts';
import { identityMappings } from './identity-mappings.ts';
import { rowsInInputs } from './inputs.ts';
import { mentionsRoute, namesAuthFile } from './routes.ts';
import type { RowsElsewhere } from './rows-elsewhere.ts';

/** An escape in a string may stand for a name. */
const mayHave = (text: string): boolean => mentionsRoute(text) || namesAuthFile(text) || /\\u[0-9a-f]{4}/i.test(text);

/** Rows of aws-auth by the routes that no phase rewrites. `terragrunt` are the files with inputs, `localModules` those that were read, by their source. */
export const readRoutes = async (
  module: RootModule,
  terragrunt: readonly RootModule[],
  localModules: ReadonlySet<string>,
): Promise<readonly RowsElsewhere[]> => {
  const inputs = terragrunt.flatMap(rowsInInputs);
  // A manifest may be in a file, and nothing else say what it is.
  const texts = [...module.files.map(({ text }) => text), ...(module.scope.files?.values() ?? [])];
  if (!texts.some(mayHave)) return inputs;
  const calls = rowsInCalls(module, localModules);
  return [
    ...calls,
    ...rowsByCommands(module),
    ...(await identityMappings(module)),
    ...inputs.filter(one => !calls.some(call => saysAllOf(call, one))),
  ];
};

/** A unit of Terragrunt is read as a call as well, and the call knows more of the module that takes the rows. */
const saysAllOf = (call: RowsElsewhere, inputs: RowsElsewhere): boolean =>
  call.address === inputs.address && inputs.arguments.every(argument => call.arguments.includes(argument));
