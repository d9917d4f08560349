import type { NumberValue, Value } from '../value.ts';
import { giveUp } from './work.ts';

/** Of so many digits JavaScript tells any two numbers apart, and orders them, as Terraform does. */
const mostDigits = 15;

/**
 * A number as Terraform reads it from a string; undefined when it is none. Longer ones, infinity, exponents and the zero that has a
 * sign are left to a plan. Source: ParseNumberVal in github.com/zclconf/go-cty, cty/value_init.go.
 */
export const parseNumber = (text: string): NumberValue | undefined => {
  const match = /^(-?)0*([1-9]\d*|0)(?:\.(\d+))?$/.exec(text);
  if (!match) return /^[-+]?(\.?\d|inf)/i.test(text) ? giveUp() : undefined;
  const [, sign = '', whole = '', decimals = ''] = match;
  const fraction = decimals.replace(/0+$/, '');
  if (whole.length + fraction.length > mostDigits || (sign && whole === '0' && fraction === '')) return giveUp();
  return { kind: 'number', text: `${sign}${whole}${fraction && `.${fraction}`}` };
};

export const integerOf = (integer: number): NumberValue => ({ kind: 'number', text: String(integer) });

export const compareNumbers = (a: NumberValue, b: NumberValue): number => Number(a.text) - Number(b.text);

/** A whole number that JavaScript can count with; undefined for others. */
export const wholeOf = (value: Value | undefined): number | undefined =>
  value?.kind === 'number' && !value.text.includes('.') ? Number(value.text) : undefined;

/** `+ - * / %` of whole numbers with a whole result. Source: github.com/zclconf/go-cty, cty/value_ops.go. */
export const calculate = (operator: string, a: NumberValue, b: NumberValue): NumberValue => {
  const [x, y] = [wholeOf(a) ?? giveUp(), wholeOf(b) ?? giveUp()];
  const result = { '+': x + y, '-': x - y, '*': x * y, '/': x / y }[operator] ?? x % y;
  return Number.isSafeInteger(result)
    ? (parseNumber(Object.is(result, -0) ? '-0' : String(result)) ?? giveUp())
    : giveUp();
};

export const negated = (number: NumberValue): NumberValue =>
  number.text.startsWith('-')
    ? { kind: 'number', text: number.text.slice(1) }
    : (parseNumber(`-${number.text}`) ?? giveUp());
