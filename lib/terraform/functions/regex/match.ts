import { spend } from '../../evaluation/work.ts';
import type { Instruction } from './compile.ts';
import type { CodeRange, Place } from './tree.ts';

/** Code points from and to, by group; group 0 is the whole match. Undefined where a group took no part. */
export type Match = readonly (number | undefined)[];

type Thread = { readonly at: number; readonly slots: Match };

/**
 * The leftmost match from `start` on, of those the one that a backtracking matcher would find first. All ways are followed at
 * once, so that the time grows with the length of the text only. Source: swtch.com/~rsc/regexp/regexp2.html (Pike's matcher).
 */
export const matchRegex = (
  program: readonly Instruction[],
  text: readonly number[],
  start: number,
): Match | undefined => {
  let threads: Thread[] = [];
  let found: Match | undefined;
  for (let at = start; at <= text.length; at++) {
    const seen = new Set<number>();
    const now: Thread[] = [];
    for (const thread of threads) follow(program, text, at, thread, seen, now);
    if (!found) follow(program, text, at, { at: 0, slots: [at] }, seen, now);
    spend(1 + now.length);
    threads = [];
    for (const { at: index, slots } of now) {
      const instruction = program[index]!;
      if (instruction.kind === 'match') {
        found = slots.with(1, at);
        break;
      }
      if (instruction.kind === 'set' && isIn(instruction, text[at])) threads.push({ at: index + 1, slots });
    }
    if (found && threads.length === 0) break;
  }
  return found;
};

/** Goes on to instructions that take a character or end, the preferred ones first. */
const follow = (
  program: readonly Instruction[],
  text: readonly number[],
  at: number,
  start: Thread,
  seen: Set<number>,
  found: Thread[],
): void => {
  const pending: Thread[] = [start];
  for (let thread = pending.pop(); thread; thread = pending.pop()) {
    if (seen.has(thread.at)) continue;
    seen.add(thread.at);
    spend(1);
    const instruction = program[thread.at]!;
    const next = thread.at + 1;
    switch (instruction.kind) {
      case 'split':
        pending.push({ at: instruction.second, slots: thread.slots }, { at: instruction.first, slots: thread.slots });
        break;
      case 'save': {
        const slots = [...thread.slots];
        slots[instruction.slot] = at;
        pending.push({ at: next, slots });
        break;
      }
      case 'assertion':
        if (holds(instruction.at, text, at)) pending.push({ at: next, slots: thread.slots });
        break;
      default:
        found.push({ at: thread.at, slots: thread.slots.length > 1 ? thread.slots : [...thread.slots, undefined] });
    }
  }
};

const isIn = (
  { ranges, negated }: { ranges: readonly CodeRange[]; negated: boolean },
  code: number | undefined,
): boolean => code !== undefined && ranges.some(([from, to]) => code >= from && code <= to) !== negated;

const holds = (place: Place, text: readonly number[], at: number): boolean => {
  switch (place) {
    case 'text-start':
      return at === 0;
    case 'text-end':
      return at === text.length;
    case 'line-start':
      return at === 0 || text[at - 1] === 0x0a;
    case 'line-end':
      return at === text.length || text[at] === 0x0a;
    case 'word-edge':
      return isWord(text[at - 1]) !== isWord(text[at]);
    case 'no-word-edge':
      return isWord(text[at - 1]) === isWord(text[at]);
  }
};

const isWord = (code: number | undefined): boolean => code !== undefined && /^\w$/.test(String.fromCodePoint(code));
