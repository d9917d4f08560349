import type { Call, Expression } from '../../hcl/index.ts';
import { functions } from '../functions/index.ts';
import { errorOf, unknown, type Value } from '../value.ts';
import { worstOf } from './constructors.ts';
import { convert } from './convert.ts';
import type { Context } from './scope.ts';
import type { FunctionDefinition, Parameter } from '../functions/function.ts';
import { isWhollyKnown } from './types.ts';
import { giveUp, spend } from './work.ts';

/**
 * A function that is not in the table leaves its value unknown: those of providers, and those whose result is another every
 * time. Source: FunctionCallExpr in github.com/hashicorp/hcl, hclsyntax/expression.go; Call in github.com/zclconf/go-cty,
 * cty/function/function.go.
 */
export const callExpression = (call: Call, context: Context): Value => {
  const definition = Object.hasOwn(functions, call.name) ? functions[call.name] : undefined;
  if (definition && 'lazy' in definition && !call.expand) return definition.lazy(call.args, context);
  const args = argumentsOf(call, definition !== undefined && 'paths' in definition ? withPaths(context) : context);
  if (!Array.isArray(args)) return args as Value;
  const failed = worstOf(args);
  if (failed) return failed;
  if (!definition || 'lazy' in definition) return unknown;
  return apply(definition, args, context);
};

const withPaths = (context: Context): Context =>
  context.scope.filePaths ? { ...context, scope: context.scope.filePaths } : context;

const argumentsOf = ({ args, expand }: Call, context: Context): readonly Value[] | Value => {
  const values = args.map((arg: Expression) => context.evaluate(arg, context));
  const last = values.at(-1);
  if (!expand || !last) return values;
  if (last.kind === 'error') return last;
  if (last.kind === 'list') return [...values.slice(0, -1), ...last.items];
  if (last.kind !== 'unknown') return errorOf('only the items of a list can be expanded into arguments');
  return worstOf(values) ?? unknown;
};

/** Converts the arguments and calls the function. */
const apply = (definition: FunctionDefinition, args: readonly Value[], context: Context): Value => {
  const { parameters, rest } = definition;
  if (args.length < parameters.length) return errorOf('not enough arguments');
  if (!rest && args.length > parameters.length) return errorOf('too many arguments');
  const values: Value[] = [];
  let [undecided, uncertain] = [false, false];
  for (const [index, arg] of args.entries()) {
    spend(1);
    const parameter: Parameter = parameters[index] ?? rest!;
    const value = convert(arg, parameter.type);
    if (value.kind === 'error') return value;
    if (value.kind === 'null' && !parameter.null) return errorOf('an argument must not be null');
    // Terraform before 1.8 leaves the result unknown for a bare null, later versions look at it.
    if (value.kind === 'null' && !value.type && !parameter.dynamic) uncertain = true;
    if (value.kind === 'unknown' && !parameter.unknown) undecided = true;
    values.push(value);
  }
  if (uncertain) return giveUp();
  if (undecided || (!definition.partial && !values.every(isWhollyKnown))) return unknown;
  const result = definition.call(values, context);
  // Terraform asks the function only once such a text is known.
  return result.kind === 'error' && values.some(isUnknownText) ? unknown : result;
};

const isUnknownText = (value: Value): boolean => value.kind === 'string' && value.parts.includes(undefined);
