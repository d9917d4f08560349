import { phasesByValue, phaseVariable } from '../../parser/index.ts';
import type { ByHand, Phase, PhaseRunbook, State } from '../phase.ts';
import { clusterFlag } from '../runbook/named-clusters.ts';
import { configFlag } from '../runbook/words.ts';
import { isByCall, valuesFlag } from './ways.ts';
import type { StagedPhase } from '../staged.ts';

/** The phase that the source is at for all environments; 0 before the first. */
export const phaseReached = (phases: readonly Phase[], state: State): number => {
  if (state.phased) return state.phased.least;
  const open = phases.findIndex(phase => !phase.isDone(state));
  return open === -1 ? phasesByValue.length : open;
};

/** How the report and the runbook tell them: the source changes no more, and each environment sets the number. */
export const reachedByValue = (staged: readonly StagedPhase[], least: number, state: State): readonly StagedPhase[] =>
  phasesByValue.flatMap((id, index): readonly StagedPhase[] => {
    const number = index + 1;
    const found =
      staged.find(({ phase, runbook }) => phase.id === id && runbook) ?? staged.find(one => one.phase.id === id);
    if (!found) return [];
    const { phase, runbook } = found;
    // A mode that is an expression of the author's comes from elsewhere: no number sets it, and no source shows that it is set.
    const undecided = found.isUndecided ? found.changes : [];
    if (number <= least && undecided.length > 0) return [found];
    if (number <= least) return [{ phase, status: 'done', changes: [], blockedBy: [] }];
    return [
      {
        phase,
        status: 'nothing-to-change',
        changes: [`${phaseVariable} = ${number}`, ...undecided],
        blockedBy: [],
        ...(runbook ? { runbook: byValue(number, runbook, state) } : {}),
      },
    ];
  });

/** What a person does in place of writing a revision. The commands are a chain, which ends where a plan is refused. */
const byValue = (number: number, book: PhaseRunbook, state: State): PhaseRunbook => {
  const file = `${number}.tfplan`;
  const existing = number > 1 ? ' --existing entries.json' : '';
  const config = number > 1 ? configFlag(state) : '';
  return {
    ...book,
    byHand: {
      ...(isByCall(state) ? wordsOfCall(number) : wordsOfFile(number)),
      commands: [
        ...(book.byHand?.commands ?? []),
        `terraform plan${book.planFlags ?? ''}${valuesFlag(state)} -out=${file}`,
        `terraform show -json ${file} | tool verify-plan -${existing}${clusterFlag(state)}${config}`,
        ...((book.planGates ?? []).length > 0 ? [`gates ${number} --plan=${file}`] : []),
        `terraform apply ${file}`,
      ],
    },
    back: [...(wayBack[number] ?? []), ...book.back],
  };
};

const wordsOfFile = (number: number): Pick<ByHand, 'heading' | 'note'> => ({
  heading: `Write \`${phaseVariable} = ${number}\` into the file of one environment, set VALUES to that file, and plan with it:`,
  note: '**By a value.** The source has it already. Take one environment after the other, each when it is ready.',
});

const wordsOfCall = (number: number): Pick<ByHand, 'heading' | 'note'> => ({
  heading: `Write \`${phaseVariable} = ${number}\` into the call of one root module, and plan there:`,
  note: '**By a number in the call.** The source has it already. Take one root module after the other, each when it is ready.',
});

/** Phases 1 and 4 have none. */
const wayBack: Readonly<Record<number, readonly string[]>> = {
  2: [`${phaseVariable} = 1, applied without verify-plan, which refuses a plan that goes back.`],
  3: [`${phaseVariable} = 2, applied without verify-plan, which refuses a plan that goes back.`],
};
