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

/** The first and the last line. */
export type Group = readonly [first: number, last: number];

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

/** Runs of neighbouring lines that have the cell: [first, last]. Source: formatCells in hashicorp/hcl, hclwrite/format.go. */
export const groupsOf = (lines: readonly Cells[], cell: CellName): Group[] => {
  const groups: Group[] = [];
  let first = -1;
  for (let at = 0; at <= lines.length; at++) {
    const line = lines[at];
    const has = line?.[cell] !== undefined && !(cell === 'assign' && line.open);
    if (has && first === -1) first = at;
    if (!has && first !== -1) groups.push([first, at - 1]);
    if (!has) first = -1;
  }
  return groups;
};

/** The width of what precedes the cell, without the gap before it. */
export const widthOf = (line: Cells, cell: CellName): number =>
  cell === 'assign' ? columnsOf(line.lead) : codeWidth(line);

export const gapOf = (line: Cells, cell: CellName): number => (cell === 'assign' ? line.gap : line.commentGap) ?? 0;
