/** Flags of a command, as yargs takes them: what they take, and what help says about them. */
export const flag = (description: string) => ({ kind: 'switch', type: 'boolean', description }) as const;

export const text = (description: string) =>
  ({ kind: 'text', type: 'string', requiresArg: true, description }) as const;

/** May be given several times. */
export const texts = (description: string) =>
  ({ kind: 'texts', type: 'string', requiresArg: true, description }) as const;

export const choice = <Choice extends string>(choices: readonly Choice[], description: string) =>
  ({ kind: 'choice', choices, requiresArg: true, description }) as const;

export type Option =
  | ReturnType<typeof flag | typeof text | typeof texts>
  | (ReturnType<typeof choice> & {
      readonly default?: string;
      /** What stands for a choice: the choice itself, or another name of it. */
      readonly coerce?: (given: unknown) => unknown;
    });

export type Options = Readonly<Record<string, Option>>;

/** The path that stands for stdin. */
export const stdinPath = '-';

/** What stands on the command line beside flags. */
export type Positional = {
  readonly name: string;
  readonly several?: true;
  readonly optional?: true;
  readonly description: string;
};

export type Syntax = {
  readonly name: string;
  /** In the list of commands. */
  readonly summary: string;
  /** After its name, in the help of the command. */
  readonly usage: string;
  /** In the help of the command. */
  readonly about: string;
  readonly positional?: Positional;
  readonly options: Options;
};

/** Values by the names of flags and of the positional, as they stand on the command line. */
export type Given = Readonly<Record<string, unknown>>;

type Camel<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : Name;

type ValueOf<Of extends Option> = Of extends { kind: 'switch' }
  ? boolean
  : Of extends { kind: 'texts' }
    ? readonly string[]
    : Of extends { kind: 'choice'; choices: readonly (infer Choice)[] }
      ? Choice
      : string;

/** What has a value also when it is not given. */
type Settled = { readonly kind: 'switch' | 'texts' } | { readonly default: string };

export type OptionFlags<Of extends Options> = {
  readonly [Name in keyof Of & string as Of[Name] extends Settled ? Camel<Name> : never]: ValueOf<Of[Name]>;
} & {
  readonly [Name in keyof Of & string as Of[Name] extends Settled ? never : Camel<Name>]?: ValueOf<Of[Name]>;
};

type PositionalFlags<Of> = Of extends { positional: infer P extends Positional }
  ? P extends { optional: true }
    ? { readonly [Name in P['name']]?: string }
    : { readonly [Name in P['name']]: P extends { several: true } ? readonly string[] : string }
  : unknown;

/** What a command is called with. */
export type FlagsOf<Of extends Syntax> = OptionFlags<Of['options']> & PositionalFlags<Of>;

/** The flags of a command from what was given, however that was read. */
export const readFlags = <Of extends Syntax>({ options, positional }: Of, given: Given): FlagsOf<Of> => {
  const flags: Record<string, unknown> = {};
  if (positional && given[positional.name] !== undefined) flags[positional.name] = given[positional.name];
  for (const [name, option] of Object.entries(options)) {
    const value = valueOf(option, given[name]);
    if (value !== undefined) flags[camel(name)] = value;
  }
  return flags as FlagsOf<Of>;
};

const valueOf = (option: Option, given: unknown): unknown => {
  if (option.kind === 'switch') return given === true;
  if (option.kind === 'texts') return [given ?? []].flat();
  return given ?? (option.kind === 'choice' ? option.default : undefined);
};

export const camel = (name: string): string =>
  name.replace(/-([a-z])/g, (_all, letter: string) => letter.toUpperCase());
