import { phaseNumber, type Diagnostic, type PhaseId } from '../../diagnostics/index.ts';
import type { Output } from '../output.ts';

/** What became of a root module; `failed` was not written. The errors of one that was written stop a later phase. */
export type WrittenModule = {
  readonly module: string;
  readonly result: 'written' | 'nothing' | 'failed';
  readonly errors: readonly Diagnostic[];
};

type Ending = {
  /** How many root modules a signal kept from their turn. */
  readonly notReached: number;
  /** What to do next, in sentences. */
  readonly next: readonly string[];
};

/** One line per root module, what they come to, what to do next, and at the end what did not work. */
export const writtenOutput = (
  phase: PhaseId,
  modules: readonly WrittenModule[],
  { notReached, next }: Ending,
): Output => {
  const count = (result: WrittenModule['result']): number => modules.filter(module => module.result === result).length;
  const counts: readonly (readonly [number, string])[] = [
    [count('written'), 'written'],
    [count('nothing'), 'with nothing to do'],
    [count('failed'), 'not written'],
    [notReached, 'not reached'],
  ];
  const [first = [0, 'written'], ...others] = counts.filter(([number]) => number > 0);
  const [number, word] = first;
  const found = [
    `${number} root ${number === 1 ? 'module' : 'modules'} ${word}`,
    ...others.map(other => other.join(' ')),
  ];
  const rows = modules.map(module => [module.module, resultText(module)]);
  return {
    data: {},
    findings: [],
    texts: new Map(),
    brief: true,
    headline: `Phase ${phaseNumber(phase)} (${phase}): ${found.join(', ')}.`,
    verdict: count('failed') > 0 ? 'bad' : notReached > 0 ? 'warned' : 'good',
    sections: rows.length === 0 ? [] : [{ parts: [{ columns: ['root module', 'result'], rows, whole: true }] }],
    closing: [next, modules.flatMap(failureLine)],
  };
};

const resultText = ({ result, errors }: WrittenModule): string => {
  const codes = [...new Set(errors.map(({ code }) => code))].join(', ');
  if (result === 'failed') return `not written: ${codes}`;
  const word = result === 'written' ? 'written' : 'nothing to do';
  return codes === '' ? word : `${word}, blocked later by ${codes}`;
};

/** The last error: where a phase is refused, those before it are of the source. */
const failureLine = ({ module, result, errors }: WrittenModule): string[] => {
  const error = errors.at(-1);
  if (result !== 'failed') return [];
  return [
    error === undefined ? `${module}: not written` : `${error.range?.file ?? module}: ${error.code}: ${error.message}`,
  ];
};
