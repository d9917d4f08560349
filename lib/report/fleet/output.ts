import { firstOf, phaseIds, phaseNumber, type Diagnostic } from '../../diagnostics/index.ts';
import { lastNumber } from '../../parser/phase-variable/index.ts';
import { modesText, modesToRaise, nextInFile } from '../environments.ts';
import type { Finding, Output, OutputModule, Section } from '../output.ts';
import { reportDiagnostics, type Texts } from '../places.ts';
import type { FleetCluster, FleetCommands, FleetModule, FleetReport } from './fleet-module.ts';
import { plural } from '../plural.ts';
import { errorsOf, reasonsOf } from './reasons.ts';

/** More lines than this about what did not work are counted. */
const listed = 40;

/**
 * One line per cluster, what they come to, what to do next, and at the end what did not work. `pages`: the root modules as a page shows
 * them, where one is asked for.
 */
export const fleetOutput = (
  modules: readonly FleetModule[],
  findings: readonly Finding[],
  texts: Texts,
  commands: FleetCommands,
  pages: readonly OutputModule[] = [],
): Output => {
  const counts = countsOf(modules);
  return {
    data: fleetReport(modules, counts, findings, texts),
    findings,
    texts,
    brief: true,
    headline: headlineOf(counts, wordFor(modules)),
    verdict:
      counts.unreadable > 0 ? 'bad' : counts.rows.blocked + counts.blocked + counts.elsewhere > 0 ? 'warned' : 'good',
    details: detailsOf(counts, modules),
    sections: sectionsOf(modules, findings, pages),
    modules: pages,
    closing: [nextLines(modules, commands), failureLines(modules, findings, commands)],
  };
};

type Counts = FleetReport['counts'];

const countsOf = (modules: readonly FleetModule[]): Counts => {
  const clusters = modules.flatMap(module => module.clusters.map(cluster => ({ ...cluster, next: module.next })));
  const kinds = (kind: FleetModule['kind']): number => modules.filter(module => module.kind === kind).length;
  const waiting = (status: string | undefined): number => clusters.filter(({ next }) => next?.status === status).length;
  const sum = (count: (cluster: FleetCluster) => number): number =>
    clusters.reduce((total, cluster) => total + count(cluster), 0);
  // Rows of a module are in the line of each call of it.
  const again = modules.flatMap(({ shared, clusters: [, ...others] }) => (shared ? others.map(() => shared) : []));
  const rows = (key: keyof FleetCluster['counts']): number =>
    sum(({ counts }) => counts[key]) - again.reduce((total, shared) => total + shared[key], 0);
  return {
    modules: modules.length,
    withoutCluster: kinds('without-cluster'),
    elsewhere: kinds('elsewhere'),
    unreadable: kinds('unreadable'),
    clusters: clusters.length,
    done: waiting(undefined),
    ready: waiting('ready'),
    blocked: waiting('blocked'),
    byHand: waiting('by-hand'),
    rows: {
      rows: rows('rows'),
      converted: rows('converted'),
      leftToEks: rows('leftToEks'),
      dropped: rows('dropped'),
      blocked: rows('blocked'),
    },
    lists: sum(({ lists }) => lists),
  };
};

const fleetReport = (
  modules: readonly FleetModule[],
  counts: Counts,
  findings: readonly Finding[],
  texts: Texts,
): FleetReport => {
  const reported = reportDiagnostics(
    findings.map(({ diagnostic }) => diagnostic),
    texts,
  );
  const diagnostics = reported.map((diagnostic, index) => ({ module: findings[index]?.module ?? '', ...diagnostic }));
  return { version: 1, counts, modules, diagnostics };
};

/** What a line stands for: a module that several root modules call is none itself. */
const wordFor = (modules: readonly FleetModule[]): string =>
  modules.some(({ shared }) => shared) ? 'module' : 'root module';

const headlineOf = (
  { modules, clusters, done, ready, blocked, byHand, elsewhere, unreadable }: Counts,
  word: string,
): string => {
  const states = [
    ...(ready > 0 ? [`${ready} ready for the next phase`] : []),
    ...(blocked > 0 ? [`${blocked} blocked`] : []),
    ...(byHand > 0 ? [`${byHand} with a phase to do by hand`] : []),
    ...(done > 0 ? [`${done} with nothing left to do`] : []),
  ];
  const found = `${plural(clusters, 'cluster')} in ${plural(modules, word)}`;
  const endings = [
    ...(elsewhere > 0 ? [` ${plural(elsewhere, 'root module')} with the cluster elsewhere.`] : []),
    ...(unreadable > 0 ? [` ${plural(unreadable, 'root module')} cannot be read.`] : []),
  ];
  return `${found}${states.length === 0 ? '' : `: ${states.join(', ')}`}.${endings.join('')}`;
};

const detailsOf = ({ rows, lists, withoutCluster }: Counts, modules: readonly FleetModule[]): string[] => [
  `${plural(rows.rows, 'row')}: ${rows.converted} converted, ${rows.leftToEks} left to EKS, ${rows.dropped} dropped, ${rows.blocked} blocked${
    lists === 0 ? '' : `; ${plural(lists, 'list')} whose rows are unknown until plan`
  }.`,
  ...(modules.some(({ shared }) => shared && shared.rows > 0)
    ? ['Rows of a module are in the line of each call of it. Here they count once.']
    : []),
  ...(withoutCluster === 0 ? [] : [`Not listed: ${plural(withoutCluster, 'root module')} without a cluster.`]),
  'The source does not tell what is applied.',
];

const failures = { elsewhere: 'cluster elsewhere', unreadable: 'cannot be read' } as const;

const isFailed = (module: FleetModule): module is FleetModule & { readonly kind: keyof typeof failures } =>
  module.kind in failures;

const sectionsOf = (
  modules: readonly FleetModule[],
  findings: readonly Finding[],
  pages: readonly OutputModule[],
): readonly Section[] => {
  const codesOf = (module: string): string =>
    [...new Set(reasonsOf(module, findings).map(({ code }) => code))].join(', ');
  const names = pages.map(({ name }) => name);
  const lines = modules.flatMap(module => {
    const cells = isFailed(module)
      ? [[module.module, '', '', '', '', `${failures[module.kind]}: ${codesOf(module.module)}`]]
      : module.clusters.flatMap(cluster => clusterRows(module, cluster));
    return cells.map(row => ({ row, place: names.indexOf(module.module) }));
  });
  const table = { rows: lines.map(({ row }) => row), modules: lines.map(({ place }) => place), whole: true };
  const columns = [wordFor(modules), 'release', 'mode', 'rows', 'phase', 'next'];
  return lines.length === 0 ? [] : [{ parts: [{ columns, ...table }] }];
};

/** A line for each environment of a cluster, where they are known. */
const clusterRows = (module: FleetModule, cluster: FleetCluster): string[][] => {
  const { address, moduleVersion, mode, environments = [] } = cluster;
  const isOnly = module.clusters.length === 1;
  const [first, ...others] = environments;
  if (!first || module.sourcePhase !== 'per-environment')
    return [
      [
        titleOf(module, isOnly ? [] : [address ?? 'no cluster']),
        moduleVersion ?? '',
        mode ?? '',
        rowsText(cluster),
        phaseText(module),
        nextText(module),
      ],
    ];
  return environments.map(one => [
    // A call is an environment by itself.
    titleOf(module, [...(isOnly ? [] : [address ?? 'no cluster']), ...(others.length > 0 || isOnly ? [one.name] : [])]),
    moduleVersion ?? '',
    one.modes ? modesText(one.modes) : modeAt(one.phase),
    rowsText(cluster),
    one.phase === null ? 'unknown' : one.phase === 0 ? '0' : `${one.phase} ${phaseIds[one.phase]}`,
    one.byDefault && module.next?.phase === 'per-environment'
      ? nextText(module)
      : one.phase === null
        ? ''
        : (modesToRaise(one)[0] ??
          nextInFile(one) ??
          (module.next?.phase === 'clean-up' ? nextText(module) : lastWords)),
  ]);
};

const titleOf = ({ module }: FleetModule, names: readonly string[]): string =>
  names.length === 0 ? module : `${module} (${names.join(', ')})`;

const lastWords = 'clean-up, once all are at 4';

/** Which mode a cluster is in before phase 1, the number does not say. */
const modeAt = (phase: number | null): string =>
  phase === null || phase === 0 ? '' : phase < lastNumber ? 'API_AND_CONFIG_MAP' : 'API';

const phaseText = ({ sourcePhase, next }: FleetModule): string => {
  if (sourcePhase === 'per-environment') return sourcePhase;
  if (sourcePhase !== null) return `${phaseNumber(sourcePhase)} ${sourcePhase}`;
  return next === null ? '' : 'not started';
};

/** `12, 1 blocked`; lists whose rows are unknown count beside them. */
const rowsText = ({ counts, lists }: FleetCluster): string => {
  const known = counts.rows > 0 || lists === 0 ? [String(counts.rows)] : [];
  const unknown = lists > 0 ? [plural(lists, 'list')] : [];
  return `${[...known, ...unknown].join(' and ')}${counts.blocked > 0 ? `, ${counts.blocked} blocked` : ''}`;
};

const nextText = ({ next }: FleetModule): string => {
  if (next === null) return 'nothing';
  const phase = `${next.number} ${next.phase}`;
  if (next.status === 'by-hand') return `${phase}, by hand`;
  return next.status === 'ready' ? phase : `${phase}, blocked by ${next.blockedBy.join(', ')}`;
};

/** One for each phase that is next somewhere. */
const nextLines = (modules: readonly FleetModule[], { convert }: FleetCommands): string[] => {
  const ready = modules.flatMap(({ next }) => (next?.status === 'ready' ? [next] : []));
  // Not by the number: two phases that come first have the same one.
  const phases = [...new Map(ready.map(({ number, phase }) => [phase, number]))].toSorted(([, a], [, b]) => a - b);
  const lines = phases.map(([phase, number]) => {
    const count = ready.filter(next => next.phase === phase).length;
    return `Phase ${number} is next in ${plural(count, wordFor(modules))}: ${convert(phase)}`;
  });
  return lines.length === 0 ? [] : [...lines, 'Each phase is applied before the next one is written.'];
};

const isBlocked = ({ next, clusters }: FleetModule): boolean =>
  next?.status === 'blocked' || clusters.some(({ counts }) => counts.blocked > 0);

/** What did not work stands last: that is what a terminal shows. */
const failureLines = (
  modules: readonly FleetModule[],
  findings: readonly Finding[],
  { status }: FleetCommands,
): string[] => {
  const [blocked, ...alsoBlocked] = new Set(modules.filter(isBlocked).map(({ module }) => module));
  const failed = modules.filter(isFailed);
  const shown = failed.slice(0, listed).map(({ module }) => {
    const [first] = reasonsOf(module, findings);
    return first === undefined ? `${module} is not judged.` : lineOf(module, first);
  });
  // Such as a number that is none: it stops no phase of the module, and its line says nothing of it.
  const others = modules.filter(module => !isFailed(module) && !isBlocked(module));
  const wrong = others.flatMap(({ module }) => errorsOf(module, findings).map(error => lineOf(module, error)));
  return [
    ...(blocked === undefined ? [] : [`What blocks, and what to do: ${status(blocked)}`]),
    ...(alsoBlocked.length > 0 ? [`Blocked as well: ${firstOf(alsoBlocked)}`] : []),
    ...wrong.slice(0, listed),
    ...shown,
    ...(failed.length > listed ? [`and ${failed.length - listed} more`] : []),
  ];
};

const lineOf = (module: string, { range, code, message }: Diagnostic): string =>
  `${range?.file ?? module}: ${code}: ${message}`;
