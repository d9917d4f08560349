import type { NumberValue, Value } from '../value.ts';
import { compare, parseBigFloat, type BigFloat } from './big-float.ts';
import { plainText, shortestDecimal } from './decimal.ts';
import { giveUp } from './work.ts';

export const numberOf = (number: BigFloat): NumberValue => ({
  kind: 'number',
  text: plainText(shortestDecimal(number)),
});

/** A number as most functions return it: of 64 bits in Terraform. */
export const integerOf = (integer: number | bigint): NumberValue => ({
  kind: 'number',
  text: String(integer),
  short: true,
});

/** The text of a number as Terraform reads it from a string; undefined when it is none, unknown when it is an odd one. */
export const parseNumber = (text: string): Value | undefined => {
  if (/^(0|-?[1-9]\d{0,14})$/.test(text)) return { kind: 'number', text };
  const number = parseBigFloat(text);
  if (number) return numberOf(number);
  // Go reads these too, as infinity and as powers of two.
  return /inf|\dp|_|x/i.test(text) ? giveUp() : undefined;
};

export const floatOf = ({ text }: NumberValue): BigFloat => parseBigFloat(text) ?? giveUp();

const isShort = (text: string): boolean => text.length < 16 && /^-?\d+$/.test(text);

export const compareNumbers = (a: string, b: string): number =>
  isShort(a) && isShort(b)
    ? Number(a) - Number(b)
    : compare(parseBigFloat(a) ?? giveUp(), parseBigFloat(b) ?? giveUp());

export const sameNumber = (a: string, b: string): boolean => a === b || compareNumbers(a, b) === 0;

export const digitCount = (text: string): number => text.replace(/^-/, '').length;

/** A whole number that JavaScript can count with; undefined for others. */
export const wholeOf = (value: Value | undefined): number | undefined => {
  if (value?.kind !== 'number' || !/^-?\d{1,15}$/.test(value.text)) return undefined;
  const number = Number(value.text);
  return number === 0 ? 0 : number;
};
