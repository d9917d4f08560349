import { markdownCode, markdownText } from '../../escape/markdown.ts';
import { numberText, phasesByValue } from '../../parser/index.ts';

/** An environment, and the phase it is at by its file or its call; null where that is not known. */
export type Environment = {
  readonly name: string;
  readonly file: string;
  readonly phase: number | null;
  readonly call?: string;
  readonly given?: string;
  readonly byDefault?: true;
};

/** Where each is, and what comes next: a column for each environment of one root module, a line for each call of a module. */
export const checklist = (environments: readonly Environment[]): readonly string[] =>
  environments.length === 0 ? [] : environments.some(({ call }) => call) ? byCall(environments) : byFile(environments);

const byFile = (environments: readonly Environment[]): readonly string[] => [
  row(
    'phase',
    environments.map(({ name }) => markdownText(name)),
  ),
  row(
    '---',
    environments.map(() => '---'),
  ),
  ...phasesByValue.map((id, index) =>
    row(
      `${index + 1} \`${id}\``,
      environments.map(({ phase }) => (phase !== null && phase > index ? 'done' : phase === index ? 'next' : '')),
    ),
  ),
];

const byCall = (environments: readonly Environment[]): readonly string[] => [
  row('caller', ['is at', 'next']),
  row('---', ['---', '---']),
  ...environments.map(({ name, file, phase, given, byDefault }) => {
    if (byDefault)
      return row(markdownText(name), [
        `${phase ?? 'no number'}, by default`,
        '`per-environment`, which writes its number',
      ]);
    const next = phase === null ? undefined : phasesByValue[phase];
    return row(markdownText(name), [
      phase === null ? markdownCode(given ?? 'not known') : String(phase),
      next === undefined
        ? phase === null
          ? ''
          : 'clean-up, once all are here'
        : `\`${next}\`: ${markdownCode(numberText((phase ?? 0) + 1, given))} in ${markdownCode(file)}`,
    ]);
  }),
];

const row = (first: string, cells: readonly string[]): string => `| ${[first, ...cells].join(' | ')} |`;
