import { inComment, singleQuoted } from '../../escape/shell.ts';
import { phaseNumber } from '../../diagnostics/index.ts';
import { type Cluster, isInForce, positionOf, type Row } from '../../parser/index.ts';
import { involvedClusters } from '../involved.ts';
import { configMapBackup, namedClusters } from '../runbook/named-clusters.ts';
import type { State } from '../phase.ts';
import type { Staged, StagedPhase } from '../stage.ts';
import { templates } from '../templates.generated.ts';
import { commandsFor } from './commands.ts';
import type { Transformed, RowOutcome } from '../../transformer/index.ts';
import { parsePrincipalArn } from '../../eks/index.ts';
import { knownString } from '../../terraform/index.ts';

/** The scripts by the names of their files, one for each cluster; none where no phase has anything to do. */
export const scriptsOf = (state: State, staged: Staged): ReadonlyMap<string, string> => {
  const hasScript = staged.phases.some(({ status }) => status === 'ready');
  return new Map(
    (hasScript ? involvedClusters(state) : []).map(cluster => [
      scriptFile(state, cluster),
      scriptOf(state, staged, cluster),
    ]),
  );
};

const scriptOf = (state: State, { phases }: Staged, cluster: Cluster): string => {
  const mappings = state.transformed.filter(transformed => transformed.cluster === cluster);
  const outcomes = mappings.flatMap(transformed => transformed.outcomes);
  const name = knownName(state, cluster);
  const isWritten = (id: string): boolean => phases.some(({ phase, status }) => phase.id === id && status === 'ready');
  return templates['aws-cli']({
    title: inComment(name === undefined ? cluster.address : `cluster ${name}`),
    from: inComment(originOf(mappings)),
    file: inComment(scriptFile(state, cluster)),
    phases: phases.map(phaseData),
    clusterWords: inComment(
      name === undefined ? 'the cluster, whose name the source does not tell' : `${name}, and no other`,
    ),
    counts: countsOf(outcomes),
    lists: listsOf(mappings),
    cluster: singleQuoted(name ?? ''),
    addition: isWritten('add-access-entries'),
    removal: isWritten('remove-aws-auth'),
    entries: outcomes.flatMap(({ row, entry }) =>
      entry ? [{ place: inComment(placeOf(row)), ...commandsFor(entry) }] : [],
    ),
    left: leftIn(outcomes).map(({ arn, why }) => ({ arn: singleQuoted(arn), why: singleQuoted(why) })),
    dropped: droppedIn(outcomes).map(singleQuoted),
    writer: singleQuoted(writerWords(mappings)),
    copy: singleQuoted(namedClusters(state).find(one => one.cluster === cluster)?.backup ?? configMapBackup),
  });
};

const phaseData = ({ phase: { id, title }, blockedBy }: StagedPhase): object => ({
  id,
  padding: ' '.repeat(columnOfWords - id.length),
  words: `phase ${phaseNumber(id)}: ${blockedBy.length === 0 ? title : `blocked by ${blockedBy.join(', ')}`}`,
  function: id.replaceAll('-', '_'),
  blocked:
    blockedBy.length === 0
      ? null
      : singleQuoted(
          `${id} is not in this script: settle ${blockedBy.join(', ')} and let tf-access-entries write it again`,
        ),
});

const columnOfWords = 24;

/** The file of a cluster's script. Each script is for one cluster. */
export const scriptFile = (state: State, { label }: Cluster): string =>
  involvedClusters(state).length === 1 ? 'access-entries.sh' : `access-entries-${label}.sh`;

/** The name of the cluster where it is known. The config names one cluster. */
export const knownName = (state: State, { name }: Cluster): string | undefined =>
  involvedClusters(state).length === 1 ? (name ?? state.options.config.clusterName) : name;

/** What to do where Terraform writes the ConfigMap; empty where it does not: then it is emptied by hand. */
const writerWords = (transformed: readonly Transformed[]): string => {
  const writers = transformed.flatMap(({ mapping }) => (mapping && isInForce(mapping) !== false ? [mapping] : []));
  return writers
    .map(
      ({ address, block }) =>
        `${address} in ${block.in.file} writes the ConfigMap: turn that off there and apply it. An apply of the unchanged source brings the rows back.`,
    )
    .join(' ');
};

/** Where a row stands, for people: `aws_auth_roles[0] of main.tf`. */
const placeOf = (row: Row): string => `${positionOf(row)} of ${row.origin.file}`;

/** The files that the rows come from. */
const originOf = (transformed: readonly Transformed[]): string => {
  const rows = transformed.flatMap(({ outcomes }) => outcomes.map(({ row }) => row.origin.file));
  const lists = transformed.flatMap(({ mapping }) => (mapping ? [mapping.block.in.file] : []));
  return [...new Set([...lists, ...rows])].join(', ') || 'no rows at all';
};

const countsOf = (outcomes: readonly RowOutcome[]): string => {
  const count = (wanted: string): number => outcomes.filter(({ disposition }) => disposition === wanted).length;
  return `${outcomes.length} rows: ${outcomes.filter(({ entry }) => entry).length} in this script, ${outcomes.filter(hasEntry).length} with an entry, ${count('left-to-eks')} left to EKS, ${count('dropped')} dropped, ${count('blocked')} not covered.`;
};

const hasEntry = ({ disposition, entry }: RowOutcome): boolean => disposition === 'converted' && !entry;

/** The rows that the script has no command for, with the reason. */
const listsOf = (transformed: readonly Transformed[]): readonly object[] => {
  const outcomes = transformed.flatMap(mapping => mapping.outcomes);
  const lines = (wanted: (outcome: RowOutcome) => boolean): readonly string[] =>
    outcomes.filter(wanted).map(({ row, name, reason }) => inComment(`${placeOf(row)}, ${name}: ${reason}`));
  const unread = transformed.flatMap(({ lists }) => lists.flatMap(({ diagnostic }) => diagnostic ?? []));
  return [
    {
      title: 'Not covered: nothing in this script gives these an entry',
      lines: [
        ...lines(({ disposition }) => disposition === 'blocked'),
        ...unread.map(({ message }) => inComment(message)),
      ],
    },
    { title: 'With an entry already', lines: lines(hasEntry) },
    { title: 'Left to EKS', lines: lines(({ disposition }) => disposition === 'left-to-eks') },
    { title: 'Dropped', lines: lines(({ disposition }) => disposition === 'dropped') },
  ].filter(list => list.lines.length > 0);
};

/** Principals whose entry EKS or a module makes, as far as they are known. */
const leftIn = (outcomes: readonly RowOutcome[]): readonly { readonly arn: string; readonly why: string }[] =>
  outcomes.flatMap(({ row, disposition, reason }) => {
    const arn = knownString(row.principal?.value);
    return disposition === 'left-to-eks' && arn !== undefined && parsePrincipalArn(arn) ? [{ arn, why: reason }] : [];
  });

/** What the config gives up by name. Other dropped rows are of principals that have an entry by another row. */
const droppedIn = (outcomes: readonly RowOutcome[]): readonly string[] =>
  outcomes.flatMap(({ row, isDroppedByConfig }) => {
    const value = row.principal?.value;
    const text = value?.kind === 'number' ? value.text : knownString(value);
    return isDroppedByConfig && text !== undefined && !/[\n\r]/.test(text) ? [text] : [];
  });
