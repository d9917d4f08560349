import { giveUp } from './work.ts';

/**
 * `mantissa * 2 ** exponent` of at most 512 bits, rounded to nearest even: Terraform's numbers. Source: math/big's Float and
 * ParseNumberVal in github.com/zclconf/go-cty, cty/value_init.go.
 */
export type BigFloat = { readonly mantissa: bigint; readonly exponent: number; readonly negativeZero?: true };

export const precision = 512;

/** Beyond these, Go rounds more than once, and nobody writes them. */
const mostDigits = 150;
const mostExponent = 240;

const decimal = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/** Undefined when it is no decimal number. */
export const parseBigFloat = (text: string): BigFloat | undefined => {
  const match = decimal.exec(text);
  if (!match) return undefined;
  const [, sign, whole = '', fraction = '', power = '0'] = match;
  const digits = `${whole}${fraction}`;
  if (digits === '') return undefined;
  const ten = Number(power) - fraction.length;
  if (digits.replace(/^0+/, '').length > mostDigits || Math.abs(ten) > mostExponent) return giveUp();
  const integer = BigInt(digits);
  if (integer === 0n) return sign === '-' ? { mantissa: 0n, exponent: 0, negativeZero: true } : zero;
  const signed = sign === '-' ? -integer : integer;
  return ten >= 0 ? round(signed * 10n ** BigInt(ten), 0) : divide({ mantissa: signed, exponent: 0 }, tenTo(-ten));
};

const zero: BigFloat = { mantissa: 0n, exponent: 0 };

const tenTo = (power: number): BigFloat => ({ mantissa: 10n ** BigInt(power), exponent: 0 });

const abs = (number: bigint): bigint => (number < 0n ? -number : number);

export const bitLength = (number: bigint): number => (number === 0n ? 0 : abs(number).toString(2).length);

/** Rounds to the precision. `rest` tells that there is a little more than `mantissa` says. */
const round = (mantissa: bigint, exponent: number, rest = false): BigFloat => {
  const excess = bitLength(mantissa) - precision;
  if (excess <= 0) return { mantissa, exponent };
  const magnitude = abs(mantissa);
  const kept = magnitude >> BigInt(excess);
  const cut = magnitude - (kept << BigInt(excess));
  const half = 1n << BigInt(excess - 1);
  const up = cut > half || (cut === half && (rest || kept % 2n === 1n));
  const rounded = up ? kept + 1n : kept;
  return { mantissa: mantissa < 0n ? -rounded : rounded, exponent: exponent + excess };
};

export const add = (a: BigFloat, b: BigFloat): BigFloat => {
  if (a.negativeZero && b.negativeZero) return a;
  const exponent = Math.min(a.exponent, b.exponent);
  return round(shifted(a, exponent) + shifted(b, exponent), exponent);
};

const shifted = ({ mantissa, exponent }: BigFloat, to: number): bigint => {
  if (exponent - to > 100_000) return giveUp();
  return mantissa << BigInt(exponent - to);
};

export const negate = (number: BigFloat): BigFloat => {
  if (number.mantissa !== 0n) return { mantissa: -number.mantissa, exponent: number.exponent };
  return number.negativeZero ? zero : { ...zero, negativeZero: true };
};

export const multiply = (a: BigFloat, b: BigFloat): BigFloat =>
  checkZero(a, b) ?? round(a.mantissa * b.mantissa, a.exponent + b.exponent);

/** A zero keeps the sign in Terraform, and prints it. */
const checkZero = (a: BigFloat, b: BigFloat): BigFloat | undefined => {
  if (a.mantissa !== 0n && b.mantissa !== 0n) return undefined;
  const negative = [a, b].map(({ mantissa, negativeZero }) => mantissa < 0n || negativeZero === true);
  return negative[0] === negative[1] ? zero : { ...zero, negativeZero: true };
};

export const isExactQuotient = (a: BigFloat, b: BigFloat): boolean => {
  const quotient = divide(a, b);
  const product = multiply(quotient, b);
  return compare(product, a) === 0 && bitLength(quotient.mantissa) <= 64;
};

/** `b` is not zero. */
export const divide = (a: BigFloat, b: BigFloat): BigFloat => {
  if (a.mantissa === 0n) return checkZero(a, b) ?? zero;
  const extra = Math.max(0, precision + 2 + bitLength(b.mantissa) - bitLength(a.mantissa));
  const dividend = abs(a.mantissa) << BigInt(extra);
  const divisor = abs(b.mantissa);
  const quotient = dividend / divisor;
  const rest = dividend % divisor !== 0n;
  const signed = a.mantissa < 0n === b.mantissa < 0n ? quotient : -quotient;
  return round(signed, a.exponent - extra - b.exponent, rest);
};

export const compare = (a: BigFloat, b: BigFloat): number => {
  const exponent = Math.min(a.exponent, b.exponent);
  const [x, y] = [shifted(a, exponent), shifted(b, exponent)];
  return x < y ? -1 : Number(x > y);
};

/** The whole part, towards zero. */
export const truncate = ({ mantissa, exponent }: BigFloat): bigint => {
  if (exponent >= 0) return mantissa << BigInt(exponent);
  const whole = abs(mantissa) >> BigInt(-exponent);
  return mantissa < 0n ? -whole : whole;
};

export const fromInteger = (integer: bigint): BigFloat => round(integer, 0);

export const isWhole = (number: BigFloat): boolean => compare(number, fromInteger(truncate(number))) === 0;
