import { markdownText } from '../../escape/markdown.ts';
import { phasesByValue } from './by-value.ts';

/** An environment, and the phase it is at by its file; null where that is not known. */
export type Environment = { readonly name: string; readonly phase: number | null };

/** One column for each environment: what is done there, and what comes next. */
export const checklist = (environments: readonly Environment[]): readonly string[] =>
  environments.length === 0
    ? []
    : [
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

const row = (first: string, cells: readonly string[]): string => `| ${[first, ...cells].join(' | ')} |`;
