import { toNumber, toText } from '../evaluation/convert.ts';
import { wholeOf } from '../evaluation/numbers.ts';
import { normalized } from '../evaluation/template.ts';
import { dynamicType, isWhollyKnown, stringType } from '../evaluation/types.ts';
import { giveUp } from '../evaluation/work.ts';
import { concatParts, errorOf, stringOf, unknown, type Value } from '../value.ts';
import { encodeJson } from './json.ts';
import { textOf, type FunctionTable, type Parameter } from './function.ts';

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
};

/** `%[0width][[n]]verb`. What else there is to a verb is left to a plan. */
const verbPattern = /%(%)|%(?:0([1-9]\d?))?(?:\[([1-9]\d*)\])?([sdv])/g;

/** Every argument must be used. An unknown argument leaves a hole where it stands. */
const formatText = (format: string, args: readonly Value[]): Value => {
  const parts: Value[] = [];
  let [at, next, highest] = [0, 1, 0];
  for (const match of format.matchAll(verbPattern)) {
    const [whole, percent, width = '0', position, verb = ''] = match;
    parts.push(literal(format.slice(at, match.index)), stringOf(percent ?? ''));
    at = match.index + whole.length;
    if (percent !== undefined) continue;
    const index = position === undefined ? next : Number(position);
    const part = formatArgument(verb, Number(width), args[index - 1]);
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

/** Source: formatAppend in go-cty. */
const formatArgument = (verb: string, width: number, arg: Value | undefined): Value => {
  if (!arg) return errorOf('the format has too few arguments');
  if (verb !== 'v' && arg.kind === 'null') return errorOf('a null cannot be formatted');
  if (width > 0 && verb !== 'd') return giveUp();
  // A partly known string keeps what is known of it.
  const value = verb === 's' ? toText(arg) : isWhollyKnown(arg) ? arg : unknown;
  if (value.kind === 'unknown') return { kind: 'string', parts: [undefined] };
  if (verb === 's') return value;
  if (verb === 'd') return padded(toNumber(value), width);
  // A number of seven digits or more has an exponent.
  const number = value.kind === 'number' ? wholeOf(value) : 0;
  if (number === undefined || Math.abs(number) >= 1_000_000) return giveUp();
  return stringOf(value.kind === 'string' ? textOf(value) : encodeJson(value));
};

/** Zeros go behind the sign of a number. */
const padded = (number: Value, width: number): Value => {
  if (number.kind !== 'number') return number;
  if (wholeOf(number) === undefined) return errorOf('a whole number is required');
  const sign = number.text.startsWith('-') ? '-' : '';
  return stringOf(sign + number.text.slice(sign.length).padStart(width - sign.length, '0'));
};
