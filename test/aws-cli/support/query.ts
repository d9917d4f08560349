/** As much of JMESPath as the script uses: fields, `.[a, b]`, `[]`, `@`, `sort`, `to_string`. Source: jmespath.org/specification.html. */
export const search = (text: string, data: unknown): unknown => {
  const tokens = text.match(/[A-Za-z_]\w*|\[\]|[[\](),.@]/g) ?? [];
  const [value, rest] = expression(tokens, data);
  if (rest.length > 0 || tokens.join('') !== text.replaceAll(' ', '')) throw new Error(`not read: ${text}`);
  return value;
};

type Tokens = readonly string[];
type Read = readonly [value: unknown, rest: Tokens];

const functions: Readonly<Record<string, (value: unknown) => unknown>> = {
  sort: value => (value as string[]).toSorted(),
  // As Python prints JSON.
  to_string: value =>
    JSON.stringify(value).replace(/[^ -~]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
};

const expression = ([first = '', ...rest]: Tokens, data: unknown): Read => {
  if (first === '@') return chain(rest, data);
  if (first === '[') {
    const [list, after] = selection(rest, data);
    return chain(after, list);
  }
  if (rest[0] !== '(') return chain(rest, (data as Readonly<Record<string, unknown>>)[first] ?? null);
  const [argument, [close, ...after]] = expression(rest.slice(1), data);
  if (close !== ')') throw new Error(`${first}( is not closed`);
  return chain(after, functions[first]?.(argument));
};

/** What stands behind a value; behind `[]` it is done with each item. */
const chain = (tokens: Tokens, value: unknown): Read => {
  const [first, ...rest] = tokens;
  if (first === '.') return value === null ? [null, skip(rest)] : expression(rest, value);
  if (first !== '[]') return [value, tokens];
  if (!Array.isArray(value)) return [null, skip(rest)];
  const items = (value as unknown[]).flat().filter(item => item !== null);
  const done = items.map(item => chain(rest, item));
  return [done.flatMap(([own]) => (own === null ? [] : [own])), done[0]?.[1] ?? skip(rest)];
};

/** From the end of the expression on. */
const skip = (tokens: Tokens): Tokens => {
  let depth = 0;
  const end = tokens.findIndex(token => {
    if (['[', '('].includes(token)) depth++;
    if ([']', ')'].includes(token)) depth--;
    return depth < 0 || (depth === 0 && token === ',');
  });
  return end === -1 ? [] : tokens.slice(end);
};

const selection = (tokens: Tokens, data: unknown): readonly [list: readonly unknown[], rest: Tokens] => {
  const [value, [next, ...rest]] = expression(tokens, data);
  if (next === ']') return [[value], rest];
  const [others, after] = selection(rest, data);
  return [[value, ...others], after];
};

/** `--output text`. */
export const asText = (value: unknown): string => {
  if (!Array.isArray(value)) return `${cell(value)}\n`;
  const items = value as readonly unknown[];
  if (items.some(Array.isArray)) return items.map(asText).join('');
  return items.length === 0 ? '' : `${items.map(cell).join('\t')}\n`;
};

const cell = (value: unknown): string => (value === null ? 'None' : (value as string));
