/** A call of a tool, taken apart as the AWS CLI does it, and its answer. */
export type Call = { readonly words: readonly string[]; readonly options: ReadonlyMap<string, string> };
export type Answer = { readonly status: number; readonly stdout: string; readonly stderr: string };

/** Ends a call. */
export class Refused extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const bare = ['minify', 'ignore-not-found', 'all-namespaces', 'no-headers'];

export const parseCall = (argv: readonly string[]): Call => {
  const words: string[] = [];
  const options = new Map<string, string>();
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? '';
    const [, name = '', value] = /^--([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
    if (name === '') words.push(word);
    else options.set(name, value ?? (bare.includes(name) ? '' : (argv[++at] ?? '')));
  }
  return { words, options };
};

/** The text of an option. One that begins so is the name of a file or a page, and it is read. Source: the AWS CLI's paramfile.py. */
export const textOf = ({ options }: Call, name: string): string | undefined => {
  const text = options.get(name);
  if (/^(?:fileb?|https?):\/\//.test(text ?? '')) {
    throw new Refused(252, `\nError parsing parameter '--${name}': Unable to load paramfile\n`);
  }
  return text;
};

/** An option that is a list or a structure, as JSON or in short. */
export const jsonOf = (call: Call, name: string): unknown => {
  const text = textOf(call, name);
  if (text === undefined) return undefined;
  return /^[[{]/.test(text) ? JSON.parse(text) : shorthand(text);
};

/** `type=namespace,namespaces=a,b`; a field of several values is a list. Source: the AWS CLI's shorthand.py. */
const shorthand = (text: string): unknown =>
  Object.fromEntries(
    text.split(/,(?=[^,=]+=)/).map(field => {
      const [, name = '', value = ''] = /^([^=]+)=(.*)$/s.exec(field) ?? [];
      return [name, name === 'namespaces' || value.includes(',') ? value.split(',') : value];
    }),
  );
