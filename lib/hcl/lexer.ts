/**
 * What a reader of the text's outline is told, by offset: brackets (those of interpolations too), assignments, `-` and `!`, comments to
 * the end of a line, newlines outside of strings and heredocs, and the starts of lines inside heredocs.
 */
export type Mark = 'open' | 'close' | 'equals' | 'sign' | 'comment' | 'newline' | 'heredoc-line';

/** What the scanner is inside of, innermost last. `brackets` counts those open in code. */
type Context =
  | { readonly kind: 'code'; brackets: number }
  | { readonly kind: 'quote' }
  | { readonly kind: 'heredoc'; readonly marker: string };

type Scan = { readonly text: string; readonly contexts: Context[]; readonly tell: (mark: Mark, at: number) => void };

/** Goes through text that HashiCorp's parser accepts; of other text it makes something, but always ends. */
export const scanOutline = (text: string, tell: Scan['tell']): void => {
  const scan: Scan = { text, contexts: [{ kind: 'code', brackets: 0 }], tell };
  for (let at = text.startsWith('\ufeff') ? 1 : 0; at < text.length;) {
    const context = scan.contexts.at(-1)!;
    at = context.kind === 'code' ? scanCode(scan, at, context) : scanTemplate(scan, at, context);
  }
};

/** One step through code; returns where the next one starts. */
const scanCode = ({ text, contexts, tell }: Scan, at: number, context: Extract<Context, { kind: 'code' }>): number => {
  const char = text[at]!;
  switch (char) {
    case '\n':
      tell('newline', at);
      return at + 1;
    case '#':
      tell('comment', at);
      return endOf(text, '\n', at);
    case '/':
      if (text[at + 1] === '*') return endOf(text, '*/', at + 2) + 2;
      if (text[at + 1] !== '/') return at + 1;
      tell('comment', at);
      return endOf(text, '\n', at);
    case '"':
      contexts.push({ kind: 'quote' });
      return at + 1;
    case '<':
      return text[at + 1] === '<' ? scanHeredocStart({ text, contexts, tell }, at) : at + 1;
    case '=':
      if (!'=!<>'.includes(text[at - 1] ?? ' ') && !'=>'.includes(text[at + 1] ?? ' ')) tell('equals', at);
      return at + 1;
    case '{':
    case '[':
    case '(':
      context.brackets++;
      tell('open', at);
      return at + 1;
    case '}':
    case ']':
    case ')':
      tell('close', at);
      if (context.brackets-- === 0 && contexts.length > 1) contexts.pop();
      return at + 1;
    case '-':
    case '!':
      tell('sign', at);
      return at + 1;
    default:
      return at + 1;
  }
};

const scanHeredocStart = (scan: Scan, at: number): number => {
  const line = scan.text.slice(at, endOf(scan.text, '\n', at) + 1);
  const [opening = '<<', marker] = /^<<-?([\p{ID_Start}_][\p{ID_Continue}-]*)\r?\n/u.exec(line) ?? [];
  if (marker === undefined) return at + opening.length;
  scan.contexts.push({ kind: 'heredoc', marker });
  return enterHeredocLine(scan, at + opening.length, marker);
};

/** One step through a string or heredoc. */
const scanTemplate = (scan: Scan, at: number, context: Exclude<Context, { kind: 'code' }>): number => {
  const { text, contexts, tell } = scan;
  const char = text[at]!;
  if (char === '$' || char === '%') {
    if (text.startsWith(`${char}${char}{`, at)) return at + 3;
    if (text[at + 1] !== '{') return at + 1;
    contexts.push({ kind: 'code', brackets: 0 });
    tell('open', at);
    return at + 2;
  }
  if (context.kind === 'heredoc') return char === '\n' ? enterHeredocLine(scan, at + 1, context.marker) : at + 1;
  // A string ends with its line at the latest: a quote that is missing does not swallow the rest of the file.
  if (char === '"' || char === '\n') contexts.pop();
  if (char === '\n') return at;
  return char === '\\' && text[at + 1] !== '\n' ? at + 2 : at + 1;
};

/** At the start of a heredoc's line: skips the line that closes it. */
const enterHeredocLine = ({ text, contexts, tell }: Scan, at: number, marker: string): number => {
  tell('heredoc-line', at);
  const end = endOf(text, '\n', at);
  if (text.slice(at, end).trim() !== marker) return at;
  contexts.pop();
  return end;
};

const endOf = (text: string, mark: string, from: number): number => {
  const found = text.indexOf(mark, from);
  return found === -1 ? text.length : found;
};
