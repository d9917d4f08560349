import { bitLength, precision, type BigFloat } from './big-float.ts';

/** `0.digits * 10 ** point`, without zeros at the end. */
export type Decimal = { readonly negative: boolean; readonly digits: string; readonly point: number };

/** The exact value. */
export const exactDecimal = ({ mantissa, exponent, negativeZero }: BigFloat): Decimal => {
  const magnitude = mantissa < 0n ? -mantissa : mantissa;
  const negative = mantissa < 0n || negativeZero === true;
  if (exponent >= 0) return decimalOf((magnitude << BigInt(exponent)).toString(), 0, negative);
  return decimalOf((magnitude * 5n ** BigInt(-exponent)).toString(), exponent, negative);
};

/** `digits * 10 ** power` */
const decimalOf = (digits: string, power: number, negative: boolean): Decimal => {
  const trimmed = digits.replace(/^0+/, '');
  return { negative, digits: trimmed.replace(/0+$/, ''), point: trimmed === '' ? 0 : trimmed.length + power };
};

/**
 * The fewest digits that no other number of this precision is nearer to. Source: roundShortest in Go's math/big/ftoa.go.
 */
export const shortestDecimal = (number: BigFloat): Decimal => {
  const exact = exactDecimal(number);
  const magnitude = number.mantissa < 0n ? -number.mantissa : number.mantissa;
  if (magnitude === 0n) return exact;
  const shift = precision + 1 - bitLength(magnitude);
  const scaled = magnitude << BigInt(shift);
  const exponent = number.exponent - shift;
  const [lower, upper] = [scaled - 1n, scaled + 1n].map(mantissa => exactDecimal({ mantissa, exponent }));
  const inclusive = (scaled & 2n) === 0n;
  for (let at = 0; at < exact.digits.length; at++) {
    const [digit, low, high] = [exact.digits, lower!.digits, upper!.digits].map(digits => Number(digits[at] ?? 0));
    const down = low !== digit || (inclusive && at + 1 === lower!.digits.length);
    const up = digit !== high && (inclusive || digit! + 1 < high! || at + 1 < upper!.digits.length);
    if (down && up) return roundDecimal(exact, at + 1);
    if (down) return { ...exact, digits: exact.digits.slice(0, at + 1).replace(/0+$/, '') };
    if (up) return increment(exact, at + 1);
  }
  return exact;
};

/** To so many digits, a half to even. */
export const roundDecimal = (decimal: Decimal, count: number): Decimal => {
  if (count < 0) return { ...decimal, digits: '', point: 0 };
  if (count >= decimal.digits.length) return decimal;
  const next = Number(decimal.digits[count]);
  const exactlyHalf = next === 5 && count + 1 === decimal.digits.length;
  const up = exactlyHalf ? count > 0 && Number(decimal.digits[count - 1]) % 2 === 1 : next >= 5;
  if (up) return increment(decimal, count);
  const digits = decimal.digits.slice(0, count).replace(/0+$/, '');
  return { ...decimal, digits, point: digits === '' ? 0 : decimal.point };
};

/** The first `count` digits, plus one in the last of them. */
const increment = (decimal: Decimal, count: number): Decimal => {
  const kept = decimal.digits.slice(0, count).replace(/9+$/, '');
  if (kept === '') return { ...decimal, digits: '1', point: decimal.point + 1 };
  return { ...decimal, digits: `${kept.slice(0, -1)}${Number(kept.at(-1)) + 1}` };
};

/** Without an exponent, with so many digits after the point, or with all there are. */
export const plainText = ({ negative, digits, point }: Decimal, fraction?: number): string => {
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0';
  const all = point > 0 ? digits.slice(point) : digits === '' ? '' : `${'0'.repeat(-point)}${digits}`;
  const shown = fraction === undefined ? all : all.slice(0, fraction).padEnd(fraction, '0');
  return `${negative ? '-' : ''}${whole}${shown === '' ? '' : `.${shown}`}`;
};

/** `d.ddde+dd` */
export const exponentText = ({ negative, digits, point }: Decimal, fraction?: number): string => {
  const power = digits === '' ? 0 : point - 1;
  const rest = digits.slice(1);
  const shown = fraction === undefined ? rest : rest.slice(0, fraction).padEnd(fraction, '0');
  const mantissa = `${digits[0] ?? '0'}${shown === '' ? '' : `.${shown}`}`;
  return `${negative ? '-' : ''}${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
};
