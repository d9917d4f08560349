import { scanOutline } from './lexer.ts';

/**
 * A line as `terraform fmt` sees it: a heredoc belongs to the line it starts on. `equals` is set where the line assigns,
 * `open` when the value's brackets are not closed on it, `comment` where a comment follows code. `end` excludes the newline.
 * Source: linesForFormat in github.com/hashicorp/hcl, hclwrite/format.go.
 */
export type FormatLine = {
  readonly start: number;
  readonly end: number;
  readonly equals?: number;
  readonly open: boolean;
  readonly comment?: number;
  /** Where the lines of the file start that begin inside a heredoc. */
  readonly inHeredoc: readonly number[];
};

type Draft = { start: number; equals?: number; net: number; comment?: number; inHeredoc: number[] };

const draft = (start: number): Draft => ({ start, net: 0, inHeredoc: [] });

export const scanLines = (text: string): FormatLine[] => {
  const lines: FormatLine[] = [];
  let line = draft(text.startsWith('\ufeff') ? 1 : 0);
  scanOutline(text, (mark, at) => {
    if (mark === 'equals') line.equals ??= at;
    else if (mark === 'comment') line.comment ??= at;
    else if (mark === 'heredoc-line') line.inHeredoc.push(at);
    else if (mark === 'newline') {
      lines.push(finish(text, line, at));
      line = draft(at + 1);
    } else if (mark !== 'sign' && line.equals !== undefined) line.net += mark === 'open' ? 1 : -1;
  });
  if (line.start < text.length) lines.push(finish(text, line, text.length));
  return lines;
};

const finish = (text: string, { start, equals, net, comment, inHeredoc }: Draft, newline: number): FormatLine => ({
  start,
  end: newline > start && text[newline - 1] === '\r' ? newline - 1 : newline,
  ...(equals === undefined ? {} : { equals }),
  open: net !== 0,
  ...(comment === undefined || text.slice(start, comment).trim() === '' ? {} : { comment }),
  inHeredoc,
});
