import type { FormatLine } from './lines.ts';

/**
 * The two columns of a line that `terraform fmt` aligns, as text. `code` is what lies before the comment. Spaces at the cells'
 * ends are gone; `gap` and `commentGap` tell how many there were. The value of an `open` line goes on below: it is not aligned.
 */
export type Cells = {
  readonly lead: string;
  readonly gap?: number;
  readonly assign?: string;
  readonly open: boolean;
  readonly commentGap?: number;
  readonly comment?: string;
};

/** Neighbouring lines, by their numbers. */
export type Group = readonly number[];

export type CellName = 'assign' | 'comment';

export const cellsOf = (text: string, { start, end, equals, open, comment }: FormatLine): Cells => {
  const code = text.slice(start, comment ?? end);
  const trimmed = code.trimEnd();
  const lead = equals === undefined ? trimmed : trimmed.slice(0, equals - start).trimEnd();
  return {
    lead,
    open,
    ...(equals === undefined ? {} : { gap: equals - start - lead.length, assign: trimmed.slice(equals - start) }),
    ...(comment === undefined ? {} : { commentGap: code.length - trimmed.length, comment: text.slice(comment, end) }),
  };
};

export const printCells = ({ lead, gap = 0, assign = '', commentGap = 0, comment = '' }: Cells): string =>
  `${lead}${' '.repeat(gap)}${assign}${' '.repeat(commentGap)}${comment}`;

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The width `terraform fmt` gives a text: its grapheme clusters. */
const columnsOf = (text: string): number =>
  /^[\x20-\x7e]*$/.test(text) ? text.length : [...segmenter.segment(text)].length;

const codeWidth = ({ lead, gap = 0, assign = '' }: Cells): number => columnsOf(lead) + gap + columnsOf(assign);

/** Runs of neighbouring lines that have the cell. Source: formatCells in hashicorp/hcl, hclwrite/format.go. */
export const groupsOf = (lines: readonly Cells[], cell: CellName): Group[] => {
  const groups: number[][] = [];
  for (const [at, line] of lines.entries()) {
    if (line[cell] === undefined || (cell === 'assign' && line.open)) continue;
    const last = groups.at(-1);
    if (last?.at(-1) === at - 1) last.push(at);
    else groups.push([at]);
  }
  return groups;
};

/** The width of what precedes the cell, without the gap before it. */
export const widthOf = (line: Cells, cell: CellName): number =>
  cell === 'assign' ? columnsOf(line.lead) : codeWidth(line);

export const gapOf = (line: Cells, cell: CellName): number => (cell === 'assign' ? line.gap : line.commentGap) ?? 0;
