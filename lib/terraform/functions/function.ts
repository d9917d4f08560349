import type { Expression } from '../../hcl/index.ts';
import type { Context } from '../evaluation/scope.ts';
import { dynamicType } from '../evaluation/types.ts';
import { knownString, type ListValue, type ObjectValue, type Type, type Value } from '../value.ts';

/** `null`: a null is allowed; `dynamic`: also one without a type; `unknown`: the function looks at unknown values itself. */
export type Parameter = { readonly type: Type; readonly null?: true; readonly dynamic?: true; readonly unknown?: true };

/**
 * A function of Terraform. It is called with arguments of its parameters' types, and only with wholly known ones unless it is
 * `partial`. `paths` marks the ones for whose arguments `path.module` is known.
 */
export type FunctionDefinition = {
  readonly parameters: readonly Parameter[];
  readonly rest?: Parameter;
  readonly partial?: true;
  readonly paths?: true;
  readonly call: (args: readonly Value[], context: Context) => Value;
};

/** A function that decides which of its arguments are evaluated. */
export type LazyFunction = { readonly lazy: (args: readonly Expression[], context: Context) => Value };

export type FunctionTable = Readonly<Record<string, FunctionDefinition | LazyFunction>>;

export const anything: Parameter = { type: dynamicType };
export const anythingOrNull: Parameter = { type: dynamicType, null: true, dynamic: true };

/** A list, tuple or set. */
export const isSequence = (value: Value | undefined): value is ListValue => value?.kind === 'list';

export const isSet = (value: Value): boolean => value.kind === 'list' && value.type?.kind === 'set';

export const isMapping = (value: Value | undefined): value is ObjectValue => value?.kind === 'object';

/** The text of an argument of type string, which is known. */
export const textOf = (value: Value | undefined): string => knownString(value) ?? '';
