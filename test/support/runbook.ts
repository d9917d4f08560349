import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import type { ConvertResult } from '../../lib/convert.ts';

type Books = Pick<ConvertResult, 'runbook' | 'gates'>;

/** What the runbook says about a phase, by its number, and what gates.sh asks and prints there. */
export const phaseOf = ({ runbook, gates }: Books, number: number): string =>
  `${sectionOf(runbook, number)}${gatesOf({ runbook, gates }, number)}`;

/** The section of the runbook alone. */
export const sectionOf = (runbook: string, number: number): string =>
  runbook.split(/^## /m).find(part => part.startsWith(`Phase ${number}:`)) ?? '';

/** What gates.sh has of a phase: its gates, what the plan must show, the commands that it prints. */
export const gatesOf = ({ runbook, gates }: Books, number: number): string => {
  const id = /^Phase \d: (\S+)$/m.exec(sectionOf(runbook, number))?.[1] ?? '-';
  const functions = new RegExp(`^(?:before|plan|after)_${id.replaceAll('-', '_')}\\(\\) \\{\n[^]*?^\\}\n`, 'gm');
  const cases = new RegExp(`^    ${id}\\)\n[^]*?^      ;;\n`, 'gm');
  // Quotation marks as they are printed.
  return [...(gates.match(functions) ?? []), ...(gates.match(cases) ?? [])].join('').replaceAll(String.raw`'\''`, "'");
};

/** The numbers and ids of the phases that have a section. */
export const phasesIn = (runbook: string): readonly (readonly [number: number, id: string])[] =>
  [...runbook.matchAll(/^## Phase (\d): (\S+)$/gm)].map(([, number, id = '']) => [Number(number), id]);

/** What gates.sh prints, which asks nobody. */
export const printedBy = ({ gates }: Pick<Books, 'gates'>, phase: number, moment: '--repair' | '--back'): string =>
  spawnSync('bash', ['-s', '--', String(phase), moment], { input: gates, encoding: 'utf8', cwd: tmpdir() }).stdout;
