import { phaseNumber, type PhaseId } from '../../diagnostics/index.ts';
import { markdownCode } from '../../escape/markdown.ts';
import { isByFile, isByValue, valuesFlag } from '../per-environment/ways.ts';
import { phaseVariable } from '../../parser/index.ts';
import type { PhaseRunbook, State } from '../phase.ts';
import type { StagedPhase } from '../staged.ts';
import { templates } from '../templates.generated.ts';
import { clusterFlag } from './named-clusters.ts';
import { configFlag } from './words.ts';
import { configMapPipe, moduleWord, writeFlags } from './write-command.ts';

/** What the runbook says about a phase, as data of its template. */
export const section = (staged: StagedPhase, book: PhaseRunbook, state: State): object => {
  const { phase, status } = staged;
  const number = phaseNumber(phase.id);
  const isWritten = status === 'ready' && !book.script;
  const isApplied = isWritten || (isByValue(state) && status === 'nothing-to-change');
  const checked = [`gates ${gatesName(phase.id)}`, ...(book.compare ?? []).map(comparison)];
  const backCommands = book.backCommands ?? ((status === 'ready' && book.script?.undo) || []);
  return {
    number,
    id: phase.id,
    title: phase.title,
    note: noteFor(staged, book),
    changes: status === 'ready' ? changesOf(staged, book) : '',
    write: isWritten
      ? chain([
          ...checked,
          `${configMapPipe(state)}tool convert ${moduleWord(state)} --write --phase ${phase.id}${writeFlags(number, state)}`,
          ...(book.init === undefined ? [] : [book.init]),
        ])
      : null,
    apply: isWritten ? applyCommand(number, phase.id, book, state) : null,
    inEach: isWritten && isByFile(state),
    numbersLeave: isWritten && isByFile(state) && phase.id === 'clean-up' ? phaseVariable : null,
    unwritten: isWritten && isUnwritten(number, state),
    byHand: book.byHand ? chain([...(isWritten ? [] : checked), ...book.byHand.commands, after(phase.id)]) : null,
    byHandHeading: book.byHand?.heading ?? null,
    script: status === 'ready' && book.script ? scriptOf(book.script, phase.id, checked) : null,
    folded: foldedTitle(isApplied && ((book.recovery ?? []).length > 0 || book.adopt !== undefined), book.back),
    values: valuesFlag(state),
    recovery: isApplied && (book.recovery ?? []).length > 0,
    adopt: isApplied ? (book.adopt ?? null) : null,
    back: book.back.length > 0 ? book.back : null,
    backCommands,
  };
};

/** A loss is in no plan: without the entries the next block ends, also where the source is at the phase already. */
const comparison = (command: string): string => `(tool ${command} || ! rm -f entries.json)`;

/** When what is folded is to be run, since it is no step of the phase. */
const foldedTitle = (canStop: boolean, back: readonly string[]): string => {
  const cases = [...(canStop ? ['where the apply stopped half-way'] : []), ...(back.length > 0 ? ['to go back'] : [])];
  return cases.length === 0 ? '' : `Only ${cases.join(', or ')}`;
};

/** The plan is judged before it is applied, and the chain ends where it is refused. */
const applyCommand = (number: number, id: PhaseId, book: PhaseRunbook, state: State): string =>
  templates['plan-command']({
    number,
    id,
    gates: gatesName(id),
    planFlags: `${book.planFlags ?? ''}${valuesFlag(state)}`,
    // The snapshot can be made once the mode has the API.
    snapshot: number > phaseNumber('enable-api'),
    cluster: clusterFlag(state),
    // The rows that it settles are judged by it.
    config: number >= phaseNumber('add-access-entries') ? configFlag(state) : '',
    unwritten: isUnwritten(number, state),
    hasPlanGates: (book.planGates ?? []).length > 0,
  }).trimEnd();

/** Until phase 3 a plan has to show what writes aws-auth. */
const isUnwritten = (number: number, { source }: State): boolean =>
  source.mappings.length === 0 && number < phaseNumber('remove-aws-auth');

/** The number, where it is of one phase alone. */
export const gatesName = (id: PhaseId): string => (id === 'per-environment' ? id : String(phaseNumber(id)));

const after = (id: PhaseId): string => `gates ${gatesName(id)} --after`;

/** Commands of which none runs where the one before it fails. */
const chain = (commands: readonly string[]): string => commands.join(' &&\n  ');

/** Phase 3 ends with something that a person does: only then there is something to look at. */
const scriptOf = (
  { run, prints }: NonNullable<PhaseRunbook['script']>,
  id: PhaseId,
  checked: readonly string[],
): object => {
  const isEnd = id !== 'remove-aws-auth';
  return {
    look: chain([
      ...checked.filter(command => command.startsWith('gates ')),
      ...run.filter((_, index) => index % 2 === 0),
    ]),
    run: chain([...run.filter((_, index) => index % 2 === 1), ...(isEnd ? [after(id)] : [])]),
    prints,
    last: isEnd ? null : after(id),
  };
};

const mostChanges = 2;

/** All of them stand in the difference. Beside a script there is none: the script prints its commands. */
const changesOf = ({ phase, changes }: StagedPhase, { script }: PhaseRunbook): string => {
  if (changes.length <= mostChanges) return `${changes.map(markdownCode).join(', ')}.`;
  if (script) return `${changes.length} changes.`;
  return `${changes.length} changes: \`${phase.id === 'per-environment' ? phase.id : `${phaseNumber(phase.id)}-${phase.id}`}/phase.diff\`.`;
};

const noteFor = ({ phase, status, blockedBy, elsewhere }: StagedPhase, { byHand }: PhaseRunbook): string | null => {
  if (status === 'blocked')
    return `**Not written: ${blockedBy.join(', ')} must be settled first.** Then run the tool again.`;
  if (elsewhere) return byHand?.note ?? elsewhereNote(phase.id);
  if (byHand) return byHand.note;
  return status === 'nothing-to-change'
    ? `The source needs no change for this phase. Check the cluster all the same: \`gates ${gatesName(phase.id)}\`.`
    : null;
};

const elsewhereNote = (phase: PhaseId): string =>
  `**In the other root module.** The cluster is not made here. Set \`authentication_mode = "${phase === 'api-only' ? 'API' : 'API_AND_CONFIG_MAP'}"\` where it is made, and apply it there, in this order; then \`gates ${gatesName(phase)} --after\`.`;
