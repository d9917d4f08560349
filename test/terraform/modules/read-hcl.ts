/**
 * Just enough of HCL to compare two modules: blocks, their labels, and attributes as text.
 * Heredocs are not understood; the files compared have none.
 */
export type Block = {
  type: string;
  labels: string[];
  attributes: Map<string, string>;
  blocks: Block[];
};

export function readHcl(text: string): Block {
  const root: Block = { type: '', labels: [], attributes: new Map(), blocks: [] };
  readBody(blank(text), text, 0, root);
  return root;
}

/** Strings and comments become spaces, so that brackets can be counted. Same length as the input. */
function blank(text: string): string {
  const out = text.split('');
  const wipe = (from: number, to: number) => out.fill(' ', from, to);
  let at = 0;
  while (at < text.length) {
    const comment = text[at] === '#' || text.startsWith('//', at) ? '\n' : text.startsWith('/*', at) ? '*/' : '';
    if (comment) {
      const end = text.indexOf(comment, at);
      const stop = end < 0 ? text.length : comment === '*/' ? end + 2 : end;
      wipe(at, stop);
      at = stop;
    } else if (text[at] === '"') {
      const stop = endOfString(text, at);
      wipe(at + 1, stop - 1);
      at = stop;
    } else at++;
  }
  return out.join('');
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') {
    if (text[at] === '\\') at += 2;
    else if (text.startsWith('${', at) && text[at - 1] !== '$') at = endOfTemplate(text, at + 2);
    else at++;
  }
  return at + 1;
}

function endOfTemplate(text: string, start: number): number {
  let depth = 1;
  let at = start;
  while (at < text.length && depth > 0) {
    if (text[at] === '"') at = endOfString(text, at);
    else {
      if (text[at] === '{') depth++;
      if (text[at] === '}') depth--;
      at++;
    }
  }
  return at;
}

/** Reads until the closing brace and answers where the body ends. */
function readBody(shape: string, text: string, start: number, into: Block): number {
  const header = /\s*(?:(\})|([A-Za-z_][\w-]*)\s*((?:"\s*"\s*|[A-Za-z_][\w-]*\s*)*)([={])|$)/dy;
  let at = start;
  for (;;) {
    header.lastIndex = at;
    const match = header.exec(shape);
    if (!match || match[2] === undefined) return match ? header.lastIndex : shape.length;
    const name = match[2];
    if (match[4] === '=') {
      const end = endOfExpression(shape, header.lastIndex);
      into.attributes.set(name, tidy(withoutComments(shape, text, header.lastIndex, end)));
      at = end;
    } else {
      const head = text.slice(...match.indices![3]!);
      const labels = [...head.matchAll(/"([^"]*)"/g)].map(label => label[1]!);
      const child: Block = { type: name, labels, attributes: new Map(), blocks: [] };
      into.blocks.push(child);
      at = readBody(shape, text, header.lastIndex, child);
    }
  }
}

function endOfExpression(shape: string, start: number): number {
  let depth = 0;
  for (let at = start; at < shape.length; at++) {
    const c = shape[at]!;
    if ('([{'.includes(c)) depth++;
    else if (')]}'.includes(c) && depth-- === 0) return at;
    else if (c === '\n' && depth === 0) return at;
  }
  return shape.length;
}

/** Comments are blank in the shape and start with their sign in the text; strings keep their quotes. */
function withoutComments(shape: string, text: string, from: number, to: number): string {
  let out = '';
  let quoted = false;
  for (let at = from; at < to; at++) {
    if (shape[at] === '"') quoted = !quoted;
    out += quoted ? text[at] : shape[at];
  }
  return out;
}

function tidy(expression: string): string {
  return expression.replace(/\s+/g, ' ').trim();
}
