import { phaseNumber, type PhaseId } from '../../diagnostics/index.ts';
import { inComment, singleQuoted } from '../../escape/shell.ts';
import { mastersFilter, mastersResources } from '../phases/add-access-entries/masters-gates.ts';
import { valuesFlag } from '../per-environment/ways.ts';
import type { PhaseRunbook, State } from '../phase.ts';
import type { Staged } from '../staged.ts';
import { templates } from '../templates.generated.ts';
import type { LiveGate, NamedCluster, ShellWord } from './live-gate.ts';
import { clustersOrOne } from './named-clusters.ts';
import { gatesName } from './section.ts';
import { valuesOf, type Value } from './values.ts';

type Moment = 'before' | 'plan' | 'after';

/** gates.sh: the checks of each phase, for each cluster. */
export const gatesScript = (state: State, staged: Staged): string => {
  const { phases } = staged;
  const clusters = clustersOrOne(state);
  const moments = phases.flatMap(({ phase: { id }, runbook }) => (runbook ? momentsOf(id, runbook, clusters) : []));
  const values = valuesOf(state);
  return templates.gates({
    title: inComment(clusters.map(({ cluster, name }) => cluster?.address ?? name).join(', ')),
    from: inComment(filesOf(state)),
    phases: phases
      .filter(({ runbook }) => runbook)
      .map(({ phase: { id } }) => ({
        id,
        number: phaseNumber(id),
        name: gatesName(id),
        padding: ' '.repeat(24 - id.length),
      })),
    clusters: clusters.map(one => ({
      function: functionOf(one, clusters),
      name: shellWord(one.word),
      context: singleQuoted(one.alias),
      region: singleQuoted(one.region ?? ''),
      words: singleQuoted(one.which === undefined ? '' : `${one.which}: `),
    })),
    values,
    hasPlanGates: moments.some(({ moment }) => moment === 'plan'),
    moments,
    cases: moments,
    snapshotAt: [
      'snapshot-before',
      ...moments
        .filter(({ phase, moment }) => moment !== 'plan' && hasSnapshot(phase, moment))
        .map(({ phase, moment }) => `${phase}-${moment}`),
    ].join(' | '),
    plans: phases.flatMap(({ phase: { id }, runbook }) =>
      runbook && runbook.plan.length > 0 ? [{ id, lines: runbook.plan.map(line => singleQuoted(`  ${line}`)) }] : [],
    ),
    adoptFlags: `${phases.find(({ phase }) => phase.id === 'add-access-entries')?.runbook?.planFlags ?? ''}${valuesFlag(state)}`,
    valuesFlag: valuesFlag(state),
    repairs: printedOf(staged, values, ({ recovery = [] }) => recovery),
    backs: printedOf(staged, values, ({ stateBack = [] }) => stateBack),
    resources: singleQuoted(mastersResources),
    named: singleQuoted(mastersFilter),
  });
};

/** Commands of a phase that are printed as they are, for a person or a shell. */
const printedOf = (
  { phases }: Staged,
  values: readonly Value[],
  commandsOf: (book: PhaseRunbook) => readonly string[],
): readonly object[] =>
  phases.flatMap(({ phase: { id }, runbook }) => {
    const lines = runbook ? commandsOf(runbook) : [];
    const used = values.filter(({ variable }) => lines.some(line => line.includes(`"$${variable}"`)));
    return lines.length === 0 ? [] : [{ phase: id, lines: lines.map(singleQuoted), used: namesOf(used) }];
  });

const namesOf = (values: readonly Pick<Value, 'variable'>[]): string =>
  values.map(({ variable }) => variable).join(' ');

/** Entries are there once phase 1 is applied. */
const hasSnapshot = (phase: PhaseId, moment: Moment): boolean =>
  phaseNumber(phase) > phaseNumber('enable-api') || (phase === 'enable-api' && moment === 'after');

const filesOf = ({ source: { module, live } }: State): string =>
  [...(module.files.length > 0 ? ['the source'] : []), ...(live ? [live.file] : [])].join(' and ');

type Gates = {
  readonly phase: PhaseId;
  readonly moment: Moment;
  readonly function: string;
  readonly comment: string;
  readonly gates: readonly string[];
  /** The variables that they need, in one line. */
  readonly needed: string;
};

const momentsOf = (
  phase: PhaseId,
  { liveGates, planGates = [], verify }: PhaseRunbook,
  clusters: readonly NamedCluster[],
): readonly Gates[] => {
  const gates = (moment: Moment, words: string, all: readonly LiveGate[]): Gates => ({
    phase,
    moment,
    function: `${moment}_${phase.replaceAll('-', '_')}`,
    comment: `${words} phase ${phaseNumber(phase)}, ${phase}`,
    gates: linesOf(all, clusters),
    needed: [...new Set(all.flatMap(({ check = [] }) => check.flatMap(variableOf)))].join(' '),
  });
  const contexts = clusters.map((on): LiveGate => ({
    what: 'kubectl reaches this cluster',
    check: ['context_is_cluster'],
    expect: 'the endpoint of the cluster: paste the set-up of MIGRATION.md',
    on,
  }));
  return [
    gates('before', 'Before', [...contexts, ...liveGates]),
    ...(planGates.length === 0 ? [] : [gates('plan', 'In the plan of', planGates)]),
    gates('after', 'After', verify),
  ];
};

/** Each gate as a line, behind one that names its cluster where that is another one. */
const linesOf = (gates: readonly LiveGate[], clusters: readonly NamedCluster[]): readonly string[] => {
  let last: string | undefined;
  return gates.flatMap(gate => {
    const at = gate.on ?? clusters[0];
    const name = at && functionOf(at, clusters);
    const moved = name !== undefined && name !== last ? [name] : [];
    last = name;
    return [...moved, lineOf(gate)];
  });
};

const lineOf = ({ what, expect, check, command }: LiveGate): string => {
  const words = [what, expect].map(singleQuoted).join(' ');
  if (!check) return `look ${words}${command === undefined ? '' : ` ${singleQuoted(command)}`}`;
  const [name, ...given] = check;
  return ['gate', words, name, ...given.map(shellWord)].join(' ');
};

const functionOf = ({ alias }: NamedCluster, clusters: readonly NamedCluster[]): string =>
  `cluster_${clusters.findIndex(one => one.alias === alias) + 1}`;

const variableOf = (word: ShellWord): readonly string[] => (typeof word === 'string' ? [] : [word.variable]);

/** A variable that is not set is empty. */
const shellWord = (word: ShellWord): string =>
  typeof word === 'string' ? singleQuoted(word) : `"\${${word.variable}-}"`;
