import { convert } from '../evaluation/convert.ts';
import {
  boolType,
  dynamicType,
  isWhollyKnown,
  listOf,
  mapOf,
  numberType,
  setOf,
  stringType,
} from '../evaluation/types.ts';
import { boolOf, errorOf, unknown, type Type } from '../value.ts';
import { anythingOrNull, type FunctionDefinition, type FunctionTable } from './function.ts';

const conversion = (type: Type): FunctionDefinition => ({
  parameters: [anythingOrNull],
  partial: true,
  call: ([value]) => (value ? convert(value, type) : unknown),
});

/** Conversions, and what looks at errors. Source: github.com/hashicorp/terraform, internal/lang/funcs/conversion.go. */
export const typeFunctions: FunctionTable = {
  tostring: conversion(stringType),
  tonumber: conversion(numberType),
  tobool: conversion(boolType),
  tolist: conversion(listOf(dynamicType)),
  toset: conversion(setOf(dynamicType)),
  tomap: conversion(mapOf(dynamicType)),
  // That a value is sensitive is not kept: it is only ever compared.
  sensitive: { parameters: [anythingOrNull], partial: true, call: ([value]) => value ?? unknown },
  /**
   * The first argument that is surely valid. A value that is partly unknown may turn out to be an error.
   * Source: github.com/hashicorp/hcl, ext/tryfunc/tryfunc.go.
   */
  try: {
    lazy: (args, context) => {
      for (const arg of args) {
        const value = context.evaluate(arg, context);
        if (value.kind === 'error' && value.fatal) return value;
        if (value.kind !== 'error') return isWhollyKnown(value) ? value : unknown;
      }
      return errorOf('none of the arguments of try is valid');
    },
  },
  can: {
    lazy: ([arg, ...others], context) => {
      if (!arg || others.length > 0) return errorOf('can takes one argument');
      const value = context.evaluate(arg, context);
      if (value.kind === 'error') return value.fatal ? value : boolOf(false);
      return isWhollyKnown(value) ? boolOf(true) : unknown;
    },
  },
};
