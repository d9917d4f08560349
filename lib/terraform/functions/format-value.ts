import { isWhole, truncate } from '../evaluation/big-float.ts';
import { toBool, toNumber, toText } from '../evaluation/convert.ts';
import {
  exactDecimal,
  exponentText,
  plainText,
  roundDecimal,
  shortestDecimal,
  type Decimal,
} from '../evaluation/decimal.ts';
import { floatOf } from '../evaluation/numbers.ts';
import { giveUp, spendText } from '../evaluation/work.ts';
import { errorOf, stringOf, type NumberValue, type Value } from '../value.ts';
import type { Verb } from './format-verb.ts';
import { graphemeCount, graphemes } from './graphemes.ts';
import { encodeJson } from './json-encode.ts';
import { textOf } from './support.ts';

/** The text of a known value, or an error. Source: formatAppend in go-cty; Format of big.Int and big.Float in Go's math/big. */
export const formatValue = (verb: Verb, value: Value): Value => {
  if ((verb.width ?? 0) > 10_000 || (verb.precision ?? 0) > 1000) return giveUp();
  switch (verb.mode) {
    case 'v':
      return stringOf(pad(verb, asIs(verb, value)));
    case 't': {
      const bool = toBool(value);
      return bool.kind === 'bool' ? stringOf(String(bool.value)) : bool;
    }
    case 's':
    case 'q':
      return asString(verb, toText(value));
    case 'b':
    case 'd':
    case 'o':
    case 'x':
    case 'X':
    case 'e':
    case 'E':
    case 'f':
    case 'g':
    case 'G':
      return asNumber(verb, toNumber(value));
    default:
      return errorOf(`there is no verb %${verb.mode}`);
  }
};

const asIs = (verb: Verb, value: Value): string => {
  if (!verb.flags.includes('#') && value.kind === 'string') return textOf(value);
  if (!verb.flags.includes('#') && value.kind === 'number') return general(value, undefined);
  return encodeJson(value);
};

const asString = (verb: Verb, value: Value): Value => {
  if (value.kind === 'error') return value;
  const whole = textOf(value);
  const text = verb.precision ? graphemes(whole).slice(0, verb.precision).join('') : whole;
  return stringOf(pad(verb, verb.mode === 'q' ? encodeJson(stringOf(text)) : text));
};

const pad = ({ width, flags }: Verb, text: string): string => {
  if (width === undefined) return text;
  const missing = width - graphemeCount(text);
  if (missing <= 0) return text;
  spendText(missing);
  const padding = (flags.includes('0') ? '0' : ' ').repeat(missing);
  return flags.includes('-') ? `${text}${padding}` : `${padding}${text}`;
};

const asNumber = (verb: Verb, value: Value): Value => {
  if (value.kind !== 'number') return value;
  if ('bdoxX'.includes(verb.mode)) return asInteger(verb, value);
  const { mode, precision } = verb;
  // Which digits come after the point of a number with fewer bits is another matter.
  if (value.short && value.text.includes('.')) return giveUp();
  const decimal = exactDecimal(floatOf(value));
  const text =
    mode === 'f'
      ? plainText(roundDecimal(decimal, decimal.point + (precision ?? 6)), precision ?? 6)
      : mode.toLowerCase() === 'e'
        ? exponentText(roundDecimal(decimal, 1 + (precision ?? 6)), precision ?? 6)
        : general(value, precision);
  return stringOf(padNumber(verb, mode === 'E' || mode === 'G' ? text.toUpperCase() : text));
};

/** `%g`: with an exponent where that is very large or small. */
const general = (value: NumberValue, precision: number | undefined): string => {
  const float = floatOf(value);
  const shortest = precision === undefined;
  const decimal: Decimal = shortest
    ? shortestDecimal(float)
    : roundDecimal(exactDecimal(float), Math.max(precision, 1));
  const { digits, point } = decimal;
  let least = shortest ? 6 : Math.max(precision, 1);
  if (!shortest && least > digits.length && digits.length >= point) least = digits.length;
  const power = point - 1;
  return digits !== '' && (power < -4 || power >= least) ? exponentText(decimal) : plainText(decimal);
};

const asInteger = (verb: Verb, value: NumberValue): Value => {
  const float = floatOf(value);
  if (!isWhole(float)) return errorOf('a whole number is required');
  if (verb.flags.includes('#') || verb.precision !== undefined) return giveUp();
  const radix = { b: 2, o: 8, x: 16, X: 16 }[verb.mode] ?? 10;
  const text = truncate(float).toString(radix);
  return stringOf(padNumber(verb, verb.mode === 'X' ? text.toUpperCase() : text));
};

const padNumber = ({ flags, width = 0 }: Verb, text: string): string => {
  const negative = text.startsWith('-');
  const digits = negative ? text.slice(1) : text;
  const sign = negative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  const missing = Math.max(0, width - sign.length - digits.length);
  if (flags.includes('-') && flags.includes('0')) return giveUp();
  if (flags.includes('-')) return `${sign}${digits}${' '.repeat(missing)}`;
  return flags.includes('0') ? `${sign}${'0'.repeat(missing)}${digits}` : `${' '.repeat(missing)}${sign}${digits}`;
};
