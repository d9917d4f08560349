import type { Config } from '../../config/config.ts';
import { defined, diagnose, Refusal, type Diagnostic, type PhaseId } from '../../diagnostics/index.ts';
import { ofClusters, snapshotClusters, type Snapshot } from '../../parser/index.ts';
import type { Context } from './context.ts';
import { factsOf, type Facts } from './facts.ts';
import type { PhaseByVariable } from './phase-by-variable.ts';
import { judgedChanges, type JudgedChange } from './phase-changes.ts';
import type { Plan } from './read-plan.ts';
import { planRules } from './rules/index.ts';
import { phaseAllows } from './rules/phase-is-reached.ts';
import type { PlanChange, PlanVerdict } from './verdict.ts';

/** What a plan is judged with. */
export type Asked = Pick<Context, 'strict' | 'acceptUnverified'> & {
  readonly snapshot: Snapshot | undefined;
  readonly clusterName?: string;
  readonly config?: Config;
};

type Judged = Pick<PlanVerdict, 'clusters' | 'changes' | 'diagnostics'>;

/** `byValue`: the number of the phase, where a variable of the source says it. */
export const judgeFor = (
  facts: Facts,
  phase: PhaseId,
  byValue: number | undefined,
  { strict, acceptUnverified }: Asked,
): Judged => {
  const judged = judgedChanges(facts, phase);
  const context = { facts, judged, phase, strict, acceptUnverified, ...defined({ byValue }) };
  return shown(
    facts,
    judged,
    planRules.flatMap(rule => rule(context)),
  );
};

/** Calls of a module at different phases: each is judged for its own, with what is inside of it. Beside them nothing of access may change. */
export const judgeCalls = async (
  plan: Plan,
  { calls, untold }: Extract<PhaseByVariable, { calls: unknown }>,
  asked: Asked,
): Promise<Omit<PlanVerdict, 'fits'>> => {
  if (untold !== undefined) throw new Refusal(diagnose('TAE524', { call: untold }));
  const { snapshot, clusterName, config, strict, acceptUnverified } = asked;
  const given = { ...defined({ clusterName, config }), isPart: true };
  refuseOthers(await factsOf(plan, snapshot, given), asked);
  const verdicts: (Judged & { readonly call: string; readonly phase: PhaseId })[] = [];
  for (const { call, phase, number } of calls) {
    const facts = await factsOf(
      partOf(plan, address => isIn(call, address)),
      snapshot,
      given,
    );
    verdicts.push({ call, phase, ...judgeFor(facts, phase, number, asked) });
  }
  const beside = partOf(plan, address => !calls.some(({ call }) => isIn(call, address)));
  const rest = await factsOf(beside, snapshot, given);
  const phase = 'per-environment';
  const judged = judgedChanges(rest, phase);
  const others = shown(rest, judged, phaseAllows({ facts: rest, judged, phase, strict, acceptUnverified }));
  const all = [...verdicts, others];
  const changed = verdicts.find(({ changes }) => changes.some(({ verdict }) => verdict !== 'other')) ?? verdicts[0];
  return {
    ...(changed ? { phase: changed.phase } : {}),
    calls: verdicts.map(one => ({ call: one.call, phase: one.phase })),
    clusters: all.flatMap(({ clusters }) => clusters),
    changes: all.flatMap(({ changes }) => changes),
    diagnostics: all.flatMap(({ diagnostics }) => diagnostics),
  };
};

/** Whether an address is inside of a call, or of an instance of it. */
const isIn = (call: string, address: string): boolean =>
  address.startsWith(`${call}.`) || address.startsWith(`${call}[`);

const partOf = (plan: Plan, isOfIt: (address: string) => boolean): Plan => ({
  ...plan,
  changes: plan.changes.filter(({ address }) => isOfIt(address)),
  resources: plan.resources.filter(({ address }) => typeof address === 'string' && isOfIt(address)),
});

const shown = (facts: Facts, judged: readonly JudgedChange[], diagnostics: readonly Diagnostic[]): Judged => ({
  clusters: facts.clusters.map(({ change, before, after }) => ({
    address: change.address,
    modeBefore: before ?? null,
    modeAfter: after ?? null,
  })),
  changes: judged.map(planChange),
  diagnostics,
});

const planChange = ({ change, verdict }: JudgedChange): PlanChange => {
  const { address, type, actions, previousAddress, importing } = change;
  return { address, type, actions, ...defined({ previousAddress }), importing, verdict };
};

/** Ends the run where what is given is of another cluster than those of the plan. */
export const refuseOthers = (facts: Facts, { clusterName }: Asked): void => {
  refuseForeignSnapshot(facts);
  refuseUnknownCluster(facts, clusterName);
};

/** A snapshot of another cluster would prove entries that are not there. */
const refuseForeignSnapshot = ({ snapshot, clusters }: Facts): void => {
  if (!snapshot || clusters.length === 0) return;
  const live = snapshotClusters(snapshot);
  if (live.length === 0 || clusters.some(({ name }) => name === undefined || live.includes(name))) return;
  const names = clusters.map(({ name }) => name).join(', ');
  const reason = `it is ${ofClusters(snapshot)}, the plan is of ${names}`;
  throw new Refusal(diagnose('TAE010', { path: snapshot.file, reason }));
};

/** A name that is of no cluster of the plan: the phase would be about none of them. */
const refuseUnknownCluster = ({ clusters, migrated }: Facts, clusterName: string | undefined): void => {
  if (clusterName === undefined || clusters.length === 0 || migrated.length > 0) return;
  const names = clusters.flatMap(({ name }) => name ?? []).join(', ');
  throw new Refusal(diagnose('TAE125', { name: clusterName, names }));
};
