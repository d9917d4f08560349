import { attribute, type Expression } from '../hcl/index.ts';
import { resolve, type Piece, type Source } from '../parser/index.ts';
import {
  blocksOf,
  evaluate,
  givenByCall,
  referencesOf,
  callSource,
  variableValues,
  type Reference,
  type RootModule,
} from '../terraform/index.ts';
import { partialArn } from './partial-arn.ts';
import { roleBlock, type RoleBlock } from './role-path.ts';
import { isRewritten } from './unstrip.ts';

/**
 * The path of the role whose ARN is an output of a local module: `module.ci.role_arn`. Of an output with several roles it is not
 * looked which of them is meant: they have one where all of them have. Undefined for what is something else, or was not read.
 */
export const pathOfOutput = (
  { module, localModules }: Pick<Source, 'module' | 'localModules'>,
  { path: [root, label = '', name = ''] }: Reference,
): RoleBlock['path'] | undefined => {
  const call = root === 'module' ? blocksOf(module, 'module', label).at(-1) : undefined;
  const called = call && localModules.get(callSource(module, call) ?? '');
  const output = called && outputOf(called, name);
  if (!called || !output || isRewritten(output.expression)) return undefined;
  const scope = called.scopeWith(variableValues(called, givenByCall(called, call, module)));
  return pathIn({ ...called, scope }, output.expression);
};

const outputOf = (module: RootModule, name: string): Piece | undefined => {
  const block = blocksOf(module, 'output', name).at(-1);
  const value = block && attribute(block.body, 'value');
  return value && resolve(module, { expression: value.value, file: block.in });
};

const pathIn = (module: RootModule, expression: Expression): RoleBlock['path'] | undefined => {
  const arn = partialArn(evaluate(expression, module.scope));
  if (arn) return arn.kind !== 'role' || arn.path === '/' ? 'none' : 'some';
  const [first, ...more] = referencesOf(expression).flatMap(reference => roleBlock(module, reference)?.path ?? []);
  return more.every(path => path === first) ? first : undefined;
};
