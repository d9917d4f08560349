import { toText } from '../evaluation/convert.ts';
import type { FunctionTable, Parameter } from '../evaluation/function.ts';
import { isWhollyKnown } from '../evaluation/known.ts';
import { normalized } from '../evaluation/template.ts';
import { dynamicType, listOf, stringType } from '../evaluation/types.ts';
import { spend } from '../evaluation/work.ts';
import { concatParts, errorOf, stringOf, unknown, type Value } from '../value.ts';
import { formatValue } from './format-value.ts';
import { parseVerb, type Verb } from './format-verb.ts';
import { isSequence, textOf } from './support.ts';

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

/** Every argument must be used. An unknown argument leaves a hole where it stands. */
const formatText = (format: string, args: readonly Value[]): Value => {
  const parts: Value[] = [];
  let next = 1;
  let highest = 0;
  for (let at = 0; at < format.length;) {
    const percent = format.indexOf('%', at);
    if (percent === -1) {
      parts.push(stringOf(format.slice(at)));
      break;
    }
    parts.push(stringOf(format.slice(at, percent)));
    if (format[percent + 1] === '%') {
      parts.push(stringOf('%'));
      at = percent + 2;
      continue;
    }
    const verb = parseVerb(format, percent, next);
    if (!verb) return errorOf(`"${format}" is no valid format`);
    const part = formatArgument(verb, args);
    if (part.kind === 'error') return part;
    parts.push(part);
    at = verb.end;
    next = verb.argument + 1;
    highest = Math.max(highest, verb.argument);
  }
  if (highest < args.length) return errorOf('the format does not use all arguments');
  return normalized(concatParts(parts));
};

const formatArgument = (verb: Verb, args: readonly Value[]): Value => {
  const arg = args[verb.argument - 1];
  if (!arg) return errorOf('the format has too few arguments');
  if (verb.mode !== 'v' && arg.kind === 'null') return errorOf('a null cannot be formatted');
  if (isWhollyKnown(arg)) return formatValue(verb, arg);
  // A partly known string keeps what is known of it.
  const text = verb.plain && verb.mode === 's' ? toText(arg) : unknown;
  return text.kind === 'string' || text.kind === 'error' ? text : { kind: 'string', parts: [undefined] };
};
