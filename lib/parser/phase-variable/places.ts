import type { Diagnostic, Range } from '../../diagnostics/index.ts';
import { applyEdits, matchLines, realign } from '../../hcl/index.ts';
import type { PhasedSource } from './phase-variable.ts';

type Files = ReadonlyMap<string, string>;

/** The files as they are without the variable; the others are what they were. */
export const withoutPhase = (files: Files, { edits }: PhasedSource): Files => edited(files, edits);

/** The files as they were before phase 1, as far as what is written tells. */
export const beforePhases = (files: Files, { editsToStart }: PhasedSource): Files => edited(files, editsToStart);

const edited = (files: Files, edits: PhasedSource['edits']): Files =>
  new Map(
    [...edits].flatMap(([file, made]) => {
      const text = files.get(file);
      return text === undefined ? [] : [[file, realign(text, applyEdits(text, made))] as const];
    }),
  );

/**
 * Finds a place of the folded text in the text of the author. Lines that are the same have the same columns; of another line, which
 * reads otherwise without the variable, it is all that stands on it. `exact`: ranges that are of that text already.
 */
export const relocator = (files: Files, folded: Files, exact: ReadonlySet<Range>): ((range: Range) => Range) => {
  const known = new Map<string, Lines>();
  return range => {
    const [source, text] = [files.get(range.file), folded.get(range.file)];
    if (source === undefined || text === undefined || exact.has(range)) return range;
    const lines = known.get(range.file) ?? linesOf(source, text);
    known.set(range.file, lines);
    const start = placeOf(lines, range.start, 'start');
    return { ...range, start, end: Math.max(start, placeOf(lines, range.end, 'end')) };
  };
};

export const relocated = (diagnostic: Diagnostic, to: (range: Range) => Range = range => range): Diagnostic => ({
  ...diagnostic,
  ...(diagnostic.range ? { range: to(diagnostic.range) } : {}),
  ...(diagnostic.related ? { related: diagnostic.related.map(one => ({ ...one, range: to(one.range) })) } : {}),
});

/** Where each line starts, and for each line of the folded text the one of the source that it comes from. */
type Lines = {
  readonly source: string;
  readonly sourceStarts: readonly number[];
  readonly starts: readonly number[];
  readonly same: Int32Array;
};

const startsOf = (lines: readonly string[]): readonly number[] => {
  let at = 0;
  return lines.map(line => {
    const start = at;
    at += line.length + 1;
    return start;
  });
};

const linesOf = (source: string, text: string): Lines => {
  const [before, after] = [source.split('\n'), text.split('\n')];
  return { source, sourceStarts: startsOf(before), starts: startsOf(after), same: matchLines(before, after) };
};

const placeOf = ({ source, sourceStarts, starts, same }: Lines, offset: number, side: 'start' | 'end'): number => {
  const line = Math.max(
    0,
    starts.findLastIndex(start => start <= offset),
  );
  const found = same[line] ?? -1;
  if (found !== -1) return sourceStarts[found]! + offset - starts[line]!;
  const above = same.subarray(0, line).findLastIndex(one => one !== -1);
  const at = Math.min(sourceStarts.length - 1, above === -1 ? line : same[above]! + line - above);
  const start = sourceStarts[at]!;
  const text = source.slice(start, (sourceStarts[at + 1] ?? source.length + 1) - 1);
  return side === 'start' ? start + text.length - text.trimStart().length : start + text.trimEnd().length;
};
