import type { Expression } from '../hcl/index.ts';
import { localOutput, resolve, type Source } from '../parser/index.ts';
import {
  evaluate,
  givenByCall,
  referencesOf,
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
  source: Pick<Source, 'module' | 'localModules'>,
  { path: [root, label, name] }: Reference,
): RoleBlock['path'] | undefined => {
  const output = root === 'module' ? localOutput(source, label, name) : undefined;
  if (!output) return undefined;
  const { call, called, block, value } = output;
  const { expression } = resolve(called, { expression: value, file: block.in });
  if (isRewritten(expression)) return undefined;
  const scope = called.scopeWith(variableValues(called, givenByCall(called, call, source.module)));
  return pathIn({ ...called, scope }, expression);
};

const pathIn = (module: RootModule, expression: Expression): RoleBlock['path'] | undefined => {
  const arn = partialArn(evaluate(expression, module.scope));
  if (arn) return arn.kind !== 'role' || arn.path === '/' ? 'none' : 'some';
  const [first, ...more] = referencesOf(expression).flatMap(reference => roleBlock(module, reference)?.path ?? []);
  return more.every(path => path === first) ? first : undefined;
};
