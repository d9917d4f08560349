import type { PhaseId } from '../phase-id.ts';

/** `error` stops something, see the code's exit status and phase; `warning` and `note` stop nothing. */
export type Severity = 'error' | 'warning' | 'note';

/**
 * One code. `message` says what is and why that matters, `hint` what to do; neither holds a position. `exit` is the status a
 * run with this finding ends with (0 for notes and warnings). `stops` names the first phase that is not written.
 */
export type CodeDefinition<Args> = {
  readonly title: string;
  readonly severity: Severity;
  readonly exit: 0 | 1 | 2 | 3;
  readonly stops?: PhaseId;
  /** What has it gets no entry. Where nothing else gets one, phase 2 is stopped as well: it has nothing to write. */
  readonly keepsEntry?: true;
  readonly message: (args: Args) => string;
  readonly hint?: (args: Args) => string;
  /** Lines for the config, as JSON, of which each settles it. What only a person knows stands in them as `<words>`. */
  readonly decisions?: readonly string[];
};

/** The names that stand in a text in braces. Other braces are what they are: `{ "key": ... }`, `{{SessionName}}`. */
type NamesIn<Words extends string> = Words extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends `${string}${' ' | '{'}${string}` ? never : Name) | NamesIn<Rest>
  : never;

type Text<Args> = string | ((args: Args) => string);

/** Texts with names in braces, in whose place arguments are put; functions where the words depend on more than that. */
type Define = {
  <Message extends string, Hint extends string = never>(
    title: string,
    message: Message,
    hint?: Hint,
    decisions?: readonly string[],
  ): CodeDefinition<{ readonly [Name in NamesIn<Message | Hint>]: string | number }>;
  <Args extends object>(
    title: string,
    message: Text<Args>,
    hint?: Text<Args>,
    decisions?: readonly string[],
  ): CodeDefinition<Args>;
};

const wordsOf = <Args extends object>(text: Text<Args>): ((args: Args) => string) =>
  typeof text === 'string'
    ? args =>
        text.replaceAll(/\{(\w+)\}/g, (braces, name: string) =>
          String(new Map(Object.entries(args)).get(name) ?? braces),
        )
    : text;

const define =
  (kind: Pick<CodeDefinition<never>, 'severity' | 'exit' | 'stops' | 'keepsEntry'>): Define =>
  <Args extends object>(
    title: string,
    message: Text<Args>,
    hint?: Text<Args>,
    decisions?: readonly string[],
  ): CodeDefinition<Args> => ({
    title,
    ...kind,
    message: wordsOf(message),
    ...(hint === undefined ? {} : { hint: wordsOf(hint) }),
    ...(decisions === undefined ? {} : { decisions }),
  });

/** An input that cannot be read or parsed: nothing is written. */
export const unreadable = define({ severity: 'error', exit: 3 });

/** Wrong usage or config: nothing is written. */
export const wrongUsage = define({ severity: 'error', exit: 2 });

/** Stops the phase named and all later ones. */
export const blocker = (stops: PhaseId): Define => define({ severity: 'error', exit: 1, stops });

/** Rows that cannot be converted: phases 1 and 2 are written for the others, phase 3 is not. */
export const blockedRow = define({ severity: 'error', exit: 1, stops: 'remove-aws-auth', keepsEntry: true });

/** A request that is refused for what the module is or what is known of the cluster. Nothing is written. */
export const refusedRequest = define({ severity: 'error', exit: 1 });

/** A plan or a ConfigMap that does not fit. */
export const finding = define({ severity: 'error', exit: 1 });

export const warning = define({ severity: 'warning', exit: 0 });

export const note = define({ severity: 'note', exit: 0 });

/** What works whoever wrote the rows. */
export const fromLive =
  'The live ConfigMap has every row that counts: `tf-access-entries convert . --aws-auth aws-auth.yaml --emit aws-cli` converts them from there. Without an eks call here it needs "clusterName" in the config.';
