import { toBool, toNumber, toText } from '../evaluation/convert.ts';
import type { FunctionTable, Parameter } from '../evaluation/function.ts';
import { wholeOf } from '../evaluation/numbers.ts';
import { normalized } from '../evaluation/template.ts';
import { dynamicType, isWhollyKnown, listOf, stringType } from '../evaluation/types.ts';
import { giveUp, spend } from '../evaluation/work.ts';
import { concatParts, errorOf, stringOf, unknown, type Value } from '../value.ts';
import { encodeJson } from './json-encode.ts';
import { charactersOf, isSequence, textOf } from './support.ts';

/** A bare null is refused by some versions of Terraform and makes the result unknown in others. */
const argument: Parameter = { type: dynamicType, null: true, unknown: true };

/** Source: github.com/zclconf/go-cty, cty/function/stdlib/format.go and format_fsm.rl. */
export const formatFunctions: FunctionTable = {
  format: {
    parameters: [{ type: stringType }],
    rest: argument,
    partial: true,
    call: ([format, ...args]) => (format && isWhollyKnown(format) ? formatText(textOf(format), args) : unknown),
  },
  formatlist: {
    parameters: [{ type: stringType }],
    rest: argument,
    partial: true,
    call: ([format, ...args]) => {
      if (!format || !isWhollyKnown(format) || args.some(({ kind }) => kind === 'unknown')) return unknown;
      const lengths = args.filter(isSequence).map(({ items }) => items.length);
      const [length = 1] = lengths;
      if (lengths.some(other => other !== length)) return errorOf('formatlist takes lists of one length');
      spend(length * (args.length + 1));
      const items = Array.from({ length }, (_, index) =>
        formatText(
          textOf(format),
          args.map(arg => (isSequence(arg) ? arg.items[index]! : arg)),
        ),
      );
      return items.find(({ kind }) => kind === 'error') ?? { kind: 'list', items, type: listOf(stringType) };
    },
  },
};

/** `%[flag][width][[n]]mode`. What else there is to a verb is left to a plan. */
const verbPattern = /%(%)|%([0-]?)([1-9]\d{0,2})?(?:\[([1-9]\d*)\])?([sqdvt])/g;

/** Every argument must be used. An unknown argument leaves a hole where it stands. */
const formatText = (format: string, args: readonly Value[]): Value => {
  const parts: Value[] = [];
  let [at, next, highest] = [0, 1, 0];
  for (const match of format.matchAll(verbPattern)) {
    const [whole, percent, flag = '', width = '0', position, mode = ''] = match;
    parts.push(literal(format.slice(at, match.index)), stringOf(percent ?? ''));
    at = match.index + whole.length;
    if (percent !== undefined) continue;
    const index = position === undefined ? next : Number(position);
    const part = formatArgument({ mode, flag, width: Number(width) }, args[index - 1]);
    if (part.kind === 'error') return part;
    parts.push(part);
    next = index + 1;
    highest = Math.max(highest, index);
  }
  parts.push(literal(format.slice(at)));
  if (highest < args.length) return errorOf('the format does not use all arguments');
  return normalized(concatParts(parts));
};

const literal = (text: string): Value => (text.includes('%') ? giveUp() : stringOf(text));

type Verb = { readonly mode: string; readonly flag: string; readonly width: number };

const formatArgument = (verb: Verb, arg: Value | undefined): Value => {
  if (!arg) return errorOf('the format has too few arguments');
  if (verb.mode !== 'v' && arg.kind === 'null') return errorOf('a null cannot be formatted');
  const plain = verb.flag === '' && verb.width === 0;
  // A partly known string keeps what is known of it.
  const value = verb.mode === 's' && (plain || isWhollyKnown(arg)) ? toText(arg) : isWhollyKnown(arg) ? arg : unknown;
  if (value.kind === 'error' || (value.kind === 'string' && plain && verb.mode === 's')) return value;
  return value.kind === 'unknown' ? { kind: 'string', parts: [undefined] } : formatKnown(verb, value);
};

/** Source: formatAppend in go-cty. */
const formatKnown = (verb: Verb, value: Value): Value => {
  switch (verb.mode) {
    case 't': {
      const bool = toBool(value);
      return bool.kind === 'bool' ? stringOf(String(bool.value)) : bool;
    }
    case 'd': {
      const number = toNumber(value);
      if (number.kind !== 'number') return number;
      return wholeOf(number) === undefined ? errorOf('a whole number is required') : pad(verb, number.text);
    }
    case 'q': {
      const text = toText(value);
      return text.kind === 'error' ? text : pad(verb, encodeJson(text));
    }
    default: {
      // A number of seven digits or more has an exponent.
      const number = value.kind === 'number' ? wholeOf(value) : 0;
      if (number === undefined || Math.abs(number) >= 1_000_000) return giveUp();
      return pad(verb, value.kind === 'string' ? textOf(value) : encodeJson(value));
    }
  }
};

/** Zeros go behind the sign of a number. */
const pad = ({ mode, flag, width }: Verb, text: string): Value => {
  if (width === 0) return stringOf(text);
  const missing = Math.max(0, width - charactersOf(text).length);
  if (flag === '-') return stringOf(text + ' '.repeat(missing));
  if (flag === '') return stringOf(' '.repeat(missing) + text);
  const sign = mode === 'd' && text.startsWith('-') ? '-' : '';
  return stringOf(sign + '0'.repeat(missing) + text.slice(sign.length));
};
