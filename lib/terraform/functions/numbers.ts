import { calculate } from '../evaluation/arithmetic.ts';
import { fromInteger, isWhole, truncate } from '../evaluation/big-float.ts';
import { toNumber } from '../evaluation/convert.ts';
import { anything, type FunctionDefinition, type FunctionTable } from '../evaluation/function.ts';
import { compareNumbers, floatOf, integerOf, numberOf, wholeOf } from '../evaluation/numbers.ts';
import { numberType } from '../evaluation/types.ts';
import { giveUp } from '../evaluation/work.ts';
import { errorOf, unknown, type NumberValue, type Value } from '../value.ts';
import { isMapping, isSequence, textOf } from './support.ts';

const number = { type: numberType };

const ofOne = (compute: (value: NumberValue) => Value): FunctionDefinition => ({
  parameters: [number],
  call: ([value]) => (value?.kind === 'number' ? compute(value) : unknown),
});

/** The one that is before all others. */
const best = (before: (order: number) => boolean): FunctionDefinition => ({
  parameters: [],
  rest: number,
  call: args => {
    const numbers = args as readonly NumberValue[];
    if (numbers.length === 0) return errorOf('at least one number is required');
    return numbers.reduce((found, next) => (before(compareNumbers(next.text, found.text)) ? next : found));
  },
});

/** The whole number next to a fraction, `step` away from zero's side. */
const rounded = (step: bigint, away: (text: string) => boolean): FunctionDefinition =>
  ofOne(value => {
    const float = floatOf(value);
    if (isWhole(float)) return value.text === '-0' ? { ...value, text: '0' } : value;
    const result = numberOf(fromInteger(truncate(float) + (away(value.text) ? step : 0n)));
    return value.short ? { ...result, short: true } : result;
  });

/** Source: github.com/zclconf/go-cty, cty/function/stdlib/number.go; github.com/hashicorp/terraform, internal/lang/funcs. */
export const numberFunctions: FunctionTable = {
  abs: ofOne(value => ({ ...value, text: value.text.replace(/^-/, '') })),
  ceil: rounded(1n, text => !text.startsWith('-')),
  floor: rounded(-1n, text => text.startsWith('-')),
  min: best(order => order < 0),
  max: best(order => order > 0),
  signum: ofOne(value => {
    if (!isWhole(floatOf(value))) return errorOf('a whole number is required');
    return integerOf(Math.sign(compareNumbers(value.text, '0')));
  }),
  pow: {
    parameters: [number, number],
    call: ([base, power]) => {
      const [x, y] = [wholeOf(base), wholeOf(power)];
      const result = x === undefined || y === undefined || y < 0 ? undefined : x ** y;
      // Beyond that Terraform rounds to a float of 64 bits.
      return result !== undefined && Number.isSafeInteger(result) ? integerOf(result) : giveUp();
    },
  },
  sum: {
    parameters: [anything],
    call: ([list]) => {
      if (!isSequence(list) || list.items.length === 0)
        return errorOf(isMapping(list) ? 'sum takes no map' : 'sum takes a list with items');
      const numbers = list.items.map(item => (item.kind === 'null' ? errorOf('a null is no number') : toNumber(item)));
      return numbers.reduce((sum, next) => {
        if (sum.kind !== 'number') return sum;
        return next.kind === 'number' ? calculate('+', sum, next) : next;
      });
    },
  },
  parseint: {
    parameters: [anything, number],
    call: ([text, base]) => {
      if (text?.kind !== 'string') return errorOf('parseint takes a string');
      const radix = wholeOf(base);
      if (radix === undefined || radix < 2 || radix > 62) return errorOf('the base must be between 2 and 62');
      const parsed = parseDigits(textOf(text), radix);
      return parsed === undefined ? errorOf(`this is no number of base ${radix}`) : integerOf(parsed);
    },
  },
};

const alphabet = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

const parseDigits = (text: string, radix: number): bigint | undefined => {
  const digits = text.replace(/^[+-]/, '');
  if (digits === '') return undefined;
  if (digits.length > 150) return giveUp();
  let result = 0n;
  for (const digit of digits) {
    const value = alphabet.indexOf(radix <= 36 ? digit.toLowerCase() : digit);
    if (value < 0 || value >= radix) return undefined;
    result = result * BigInt(radix) + BigInt(value);
  }
  return text.startsWith('-') ? -result : result;
};
