import type { Case } from './cases.ts';

/*
 * Which cases the gate runs. Engines take seconds for each, and most cases differ in what is said, not in what is written: so the
 * gate runs cases that have, between them, every construct that any case has.
 */

/** Cases that have every construct of all of them: always the one that adds most, the first of those that add as much. */
export function coverOf(cases: readonly Case[]): Case[] {
  const rest = cases.map(one => ({ one, constructs: constructsOf(one) }));
  const missing = new Set(rest.flatMap(({ constructs }) => [...constructs]));
  const chosen: Case[] = [];
  while (missing.size > 0) {
    const gains = rest.map(({ constructs }) => [...constructs].filter(one => missing.has(one)).length);
    const best = rest[gains.indexOf(Math.max(...gains))]!;
    chosen.push(best.one);
    for (const construct of best.constructs) missing.delete(construct);
  }
  return chosen;
}

/** What a phase adds and removes by form, whatever the names and values; and what was decided about the rows. */
export function constructsOf({ input, phases, rows }: Case): Set<string> {
  const found = new Set(rows.flatMap(({ disposition, form, codes = [] }) => [`${disposition} ${form}`, ...codes]));
  const before = new Map(input);
  for (const { phase, files } of phases)
    for (const [file, text] of files) {
      if (file.startsWith('aws-auth-entries/')) continue;
      const [old, now] = [linesOf(before.get(file) ?? ''), linesOf(text)];
      for (const form of formsIn(now, old)) found.add(`${phase}: adds ${form}`);
      for (const form of formsIn(old, now)) found.add(`${phase}: removes ${form}`);
      before.set(file, text);
    }
  return found;
}

const linesOf = (text: string): Set<string> => new Set(text.split('\n').map(line => line.trim()));

/** Calls of functions, names of arguments, types of blocks, and operators that decide. */
const form = /[a-z_]+\(|^[a-z_]+(?= *=)|^[a-z_]+(?= "| \{)|\bfor\b|\?|&&|\|\||\.\.\./g;

const formsIn = (lines: ReadonlySet<string>, others: ReadonlySet<string>): string[] =>
  [...lines]
    .filter(line => !others.has(line))
    .flatMap(
      line =>
        line
          .replaceAll(/"[^"]*"/g, '""')
          .replace(/#.*/, '')
          .match(form) ?? [],
    );
