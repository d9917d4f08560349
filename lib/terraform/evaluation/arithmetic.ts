import { errorOf, type NumberValue, type Value } from '../value.ts';
import { add, divide, fromInteger, isExactQuotient, multiply, negate, truncate } from './big-float.ts';
import { floatOf, numberOf } from './numbers.ts';
import { giveUp } from './work.ts';

/** `+ - * / %` of two numbers. Source: github.com/zclconf/go-cty, cty/value_ops.go. */
export const calculate = (operator: string, a: NumberValue, b: NumberValue): Value => {
  const small = smallResult(operator, a, b);
  const result = small === undefined ? bigResult(operator, a, b) : { kind: 'number' as const, text: String(small) };
  return result.kind === 'number' && a.short && b.short ? { ...result, short: true } : result;
};

/** Most numbers are small and whole. */
const smallResult = (operator: string, a: NumberValue, b: NumberValue): number | undefined => {
  if (!/^(0|-?[1-9]\d{0,6})$/.test(a.text) || !/^(0|-?[1-9]\d{0,6})$/.test(b.text)) return undefined;
  const [x, y] = [Number(a.text), Number(b.text)];
  const result = operator === '+' ? x + y : operator === '-' ? x - y : operator === '*' ? x * y : undefined;
  return result === 0 ? undefined : result;
};

const bigResult = (operator: string, a: NumberValue, b: NumberValue): Value => {
  const [x, y] = [floatOf(a), floatOf(b)];
  switch (operator) {
    case '+':
      return numberOf(add(x, y));
    case '-':
      return numberOf(add(x, negate(y)));
    case '*':
      return numberOf(multiply(x, y));
    case '/': {
      if (y.mantissa === 0n) return x.mantissa === 0n ? errorOf('zero is divided by zero') : giveUp();
      // Both of 64 bits: Terraform rounds the quotient to 64.
      if (a.short && b.short && !isExactQuotient(x, y)) return giveUp();
      return numberOf(divide(x, y));
    }
    default: {
      if (y.mantissa === 0n) return a;
      if (a.short && b.short && !isExactQuotient(x, y) && x.exponent < 0) return giveUp();
      const whole = fromInteger(truncate(divide(x, y)));
      return numberOf(add(x, negate(multiply(y, whole))));
    }
  }
};

export const negated = (value: NumberValue): Value => ({ ...value, text: numberOf(negate(floatOf(value))).text });
