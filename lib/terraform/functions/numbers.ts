import { calculate } from '../evaluation/arithmetic.ts';
import { fromInteger, isWhole, truncate } from '../evaluation/big-float.ts';
import { toNumber } from '../evaluation/convert.ts';
import { anything, type FunctionDefinition, type FunctionTable } from '../evaluation/function.ts';
import { compareNumbers, floatOf, numberOf } from '../evaluation/numbers.ts';
import { numberType } from '../evaluation/types.ts';
import { errorOf, unknown, type NumberValue, type Value } from '../value.ts';
import { isMapping, isSequence } from './support.ts';

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
};
