import fc from 'fast-check';

/** What is put between two tokens. `mark` is in no other comment of the text. */
const trivia: readonly ((mark: string) => string)[] = [
  mark => `/* ${mark} */`,
  mark => ` /* ${mark}, { [ ( " */ `,
  mark => `/* ${mark}\n     on the next line } */`,
  mark => `# ${mark}\n`,
  mark => ` // ${mark} = "\${"\n`,
  mark => `\n# ${mark}\n`,
  mark => `/* ${mark} */\n`,
  () => '\n',
  () => '\n\n',
  () => '   ',
  () => '\t',
];

export type Oddity = { readonly file: number; readonly at: number; readonly kind: number };

export type Oddities = {
  readonly insertions: readonly Oddity[];
  readonly crlf: boolean;
  readonly bom: boolean;
  readonly cut: boolean;
};

export const oddities: fc.Arbitrary<Oddities> = fc.record({
  insertions: fc.array(fc.record({ file: fc.nat(20), at: fc.nat(100_000), kind: fc.nat(trivia.length - 1) }), {
    minLength: 1,
    maxLength: 12,
  }),
  crlf: fc.boolean(),
  bom: fc.boolean(),
  cut: fc.boolean(),
});

export type Accepts = (path: string, text: string) => Promise<boolean>;

/** The files in native syntax, in a fixed order. */
export const nativePaths = (files: ReadonlyMap<string, string>): readonly string[] =>
  [...files.keys()].filter(path => /\.(tf|tofu)$/.test(path)).toSorted();

/** The files with oddities, of which those stay that HashiCorp's parser accepts; and the marks of the comments in them. */
export const withOddities = async (
  files: ReadonlyMap<string, string>,
  { insertions, crlf, bom, cut }: Oddities,
  accepts: Accepts,
): Promise<{ readonly files: ReadonlyMap<string, string>; readonly marks: readonly string[] }> => {
  const paths = nativePaths(files);
  const odd = new Map(files);
  const marks: string[] = [];
  const keep = async (path: string, text: string): Promise<boolean> => {
    const accepted = await accepts(path, text);
    if (accepted) odd.set(path, text);
    return accepted;
  };
  for (const [index, { file, at, kind }] of insertions.entries()) {
    const path = paths[file % Math.max(paths.length, 1)];
    const text = path === undefined ? undefined : odd.get(path);
    if (path === undefined || text === undefined) continue;
    const places = boundaries(text);
    const place = places[at % places.length] ?? 0;
    const mark = `M${index}M`;
    const added = trivia[kind]?.(mark) ?? '';
    if ((await keep(path, text.slice(0, place) + added + text.slice(place))) && added.includes(mark)) marks.push(mark);
  }
  for (const path of paths) {
    const text = odd.get(path) ?? '';
    const ended = cut ? text.replace(/\s+$/, '') : text;
    const broken = crlf ? ended.replaceAll(/\r?\n/g, '\r\n') : ended;
    await keep(path, bom && !broken.startsWith('\ufeff') ? `\ufeff${broken}` : broken);
  }
  return { files: odd, marks };
};

const token =
  /\/\*[\s\S]*?\*\/|(?:#|\/\/)[^\n]*|<<-?([\p{ID_Start}_][\p{ID_Continue}-]*)\r?\n[\s\S]*?\n[ \t]*\1(?=\r?\n|$)|[\p{ID_Start}_][\p{ID_Continue}-]*|\d[\d.]*|[ \t\r]+|\n|\.\.\.|[=!<>]=|=>|&&|\|\||[\s\S]/uy;

/** Where a token starts, outside of strings; an approximation, of which HashiCorp's parser takes what it takes. */
const boundaries = (text: string): readonly number[] => {
  const starts: number[] = [];
  for (let at = text.startsWith('\ufeff') ? 1 : 0; at < text.length;) {
    starts.push(at);
    if (text[at] === '"') at = endOfString(text, at);
    else {
      token.lastIndex = at;
      at += token.exec(text)?.[0].length ?? 1;
    }
  }
  return [...starts, text.length];
};

const endOfString = (text: string, start: number): number => {
  let depth = 0;
  for (let at = start + 1; at < text.length; at++) {
    if (depth === 0 && text[at] === '\\') at++;
    else if (depth === 0 && text[at] === '"') return at + 1;
    else if (/^[$%]\{/.test(text.slice(at, at + 2))) depth++;
    else if (depth > 0 && text[at] === '}') depth--;
  }
  return text.length;
};
