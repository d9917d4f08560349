import { blocks } from '../../hcl/index.ts';
import { blocksOf, type RootModule } from '../../terraform/index.ts';

/**
 * Whether other modules seem to call this directory: it takes variables, and has neither a provider nor a backend, which a called
 * module does not have. Source: developer.hashicorp.com/terraform/language/modules/develop/providers.
 */
export const seemsCalled = (module: RootModule): boolean =>
  blocksOf(module, 'variable').length > 0 &&
  blocksOf(module, 'provider').length === 0 &&
  !blocksOf(module, 'terraform').some(
    ({ body }) => blocks(body, 'backend').length > 0 || blocks(body, 'cloud').length > 0,
  );
