import type { z } from 'zod';
import { defined, type Immutable, type PhaseId } from '../../diagnostics/index.ts';
import { reachedBy } from '../environments.ts';
import { countRows, type Report, type ReportCluster, type ReportEnvironment } from '../report.ts';
import type { fleetReportSchema } from './schema.ts';

export type FleetReport = Immutable<z.infer<typeof fleetReportSchema>>;
export type FleetModule = FleetReport['modules'][number];
export type FleetCluster = FleetModule['clusters'][number];

/** What to run next, with the flags of this run. */
export type FleetCommands = {
  /** Writes a phase in all that wait for it. */
  readonly convert: (phase: PhaseId) => string;
  /** Says all of one root module. */
  readonly status: (module: string) => string;
};

/** A root module in a list of many. `nameOf`: what messages call a file of it. `callers`: the calls of it by others, if there are any. */
export const fleetModule = (
  module: string,
  report: Report,
  nameOf: (file: string) => string,
  callers: readonly string[] = [],
): FleetModule => {
  const calls = callsIn(report, callers);
  return {
    module,
    kind: 'cluster',
    sourcePhase: report.sourcePhase,
    next: nextOf(report),
    clusters: clustersOf(report, nameOf, calls),
    ...(calls.length > 1 ? { shared: countRows(ownRows(report.rows, calls)) } : {}),
  };
};

export const emptyFleetModule = (module: string, kind: FleetModule['kind']): FleetModule => ({
  module,
  kind,
  sourcePhase: null,
  next: null,
  clusters: [],
});

const nextOf = ({ phases, environments = [] }: Report): FleetModule['next'] => {
  // An environment whose phase is not known is where the others are at most.
  const reached = environments.length === 0 ? 0 : Math.min(...environments.map(reachedBy));
  for (const { number, id, status, changes, blockedBy } of phases) {
    const next = { number, phase: id, blockedBy };
    if (status === 'nothing-to-change' && number <= reached) continue;
    if (status === 'ready' || status === 'blocked') return { ...next, status };
    if (status === 'nothing-to-change' && changes.length > 0) return { ...next, status: 'by-hand' };
  }
  return null;
};

/** The calls of the module by others: each of them makes a cluster, also where its rows are a variable or there are none. */
const callsIn = (
  { clusters, rows, environments = [] }: Report,
  [caller, ...others]: readonly string[],
): readonly string[] => {
  const addresses = clusters.map(({ module }) => module);
  const calls = [
    ...environments.flatMap(({ call }) => call ?? []),
    ...rows.flatMap(({ cluster }) => cluster ?? []),
    ...(caller !== undefined && others.length > 0 ? [caller, ...others] : []),
  ];
  return [...new Set(calls)].filter(name => !addresses.includes(name));
};

/** The rows that stand in the module itself, and are in the aws-auth of each cluster that it makes. */
const ownRows = (rows: Report['rows'], calls: readonly string[]): Report['rows'] =>
  rows.filter(({ cluster }) => cluster === null || !calls.includes(cluster));

const environmentsOf = (
  all: readonly ReportEnvironment[] = [],
  address: string | null,
): Pick<FleetCluster, 'environments'> => {
  const environments = all
    .filter(({ call }) => call === undefined || call === address)
    .map(({ name, file, phase, given, byDefault, call, modes }) => {
      const own = modes?.filter(({ cluster }) => call !== undefined || cluster === address);
      return { name, file, phase, ...defined({ given, byDefault, modes: own?.length === 0 ? undefined : own }) };
    });
  return environments.length === 0 ? {} : { environments };
};

/** Each cluster with its rows, and behind them the rows that belong to none of them. */
const clustersOf = (report: Report, nameOf: (file: string) => string, calls: readonly string[]): FleetCluster[] => {
  const { clusters, rows, lists, environments } = report;
  const clusterOf = (cluster: ReportCluster | undefined): FleetCluster => {
    const address = cluster?.module ?? null;
    return {
      address,
      file: cluster ? nameOf(cluster.file) : null,
      moduleVersion: cluster?.moduleVersion ?? null,
      mode: cluster?.mode ?? null,
      awsAuth: cluster?.awsAuth ?? null,
      counts: countRows(rows.filter(row => row.cluster === address)),
      lists: lists.filter(list => list.cluster === address).length,
      ...environmentsOf(environments, address),
    };
  };
  const shared = ownRows(rows, calls);
  if (calls.length > 0)
    return calls.map(address => ({
      ...clusterOf(clusters[0]),
      address,
      counts: countRows([...shared, ...rows.filter(row => row.cluster === address)]),
      ...environmentsOf(environments, address),
    }));
  const isLoose = clusters.length === 0 || [...rows, ...lists].some(({ cluster }) => cluster === null);
  return [...clusters.map(clusterOf), ...(isLoose ? [clusterOf(undefined)] : [])];
};
