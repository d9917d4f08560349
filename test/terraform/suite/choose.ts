import { enginesInTurn } from './bench.ts';
import type { Case } from './cases.ts';
import { coverOf } from './constructs.ts';
import { notApplied } from './not-applied.ts';
import { supplements } from './supplements.ts';
import { defaultEngines, type Engine } from './tools.ts';

/** One case per rule of the conversion, in the order of the rules; these run on the engine in turn, each apply cut. */
const perRule: readonly string[] = [
  'rows/twelve-rows-settled', // kinds of principals
  'accept/mapping-not-in-force', // live today
  'advice/tae403-several-rows', // one principal, one entry
  'reference/without-sso-region', // path
  'nodes/unproven-types', // node rows
  'reference/with-sso-region', // system:masters
  'groups/what-they-become', // other groups
  'advice/tae402-username-left-out', // username
  'drop/rows-and-accounts', // accounts
  'entries/same-principal', // entries that exist
  'cycles/karpenter-and-trust-policy', // cycles
];

/** The way to 20.x and the stay-put path, whole: these run on both engines always, as the examples do. */
const perPath: readonly string[] = [
  'inline/v17-stay-put',
  'inline/v18-stay-put',
  'inline/v19-literal',
  'inline/v19-stay-put',
  'inline/v19-windows',
];

export type Run = { one: Case; engine: Engine; cut: 'all' | 'ends' };

/** A case may be of one engine alone, which need not be there. */
export function hasEngine({ name }: Case, engines: readonly Engine[]): boolean {
  const only = supplements[name]?.engine;
  return only === undefined || engines.some(engine => engine.name === only);
}

/** What can be applied: without `all` those named above and the examples, and a cover of the constructs, alternating. */
export function chooseRuns(cases: readonly Case[], engines: readonly Engine[], all: boolean): Run[] {
  const unknown = [...perRule, ...perPath].filter(name => cases.every(one => one.name !== name));
  if (unknown.length > 0) throw new Error(`no case ${unknown.join(', ')}`);
  const few = defaultEngines(engines);
  const inTurn = enginesInTurn(few);
  const applied = cases.filter(({ name, phases }) => notApplied[name] === undefined && phases.length > 0);
  const isOnBoth = ({ name }: Case): boolean => name.startsWith('examples/') || perPath.includes(name);
  const isNamed = (one: Case): boolean => isOnBoth(one) || perRule.includes(one.name);
  const cover = new Set(all ? applied : coverOf(applied));
  return applied
    .filter(one => cover.has(one) || isNamed(one))
    .flatMap((one, index) => {
      const only = supplements[one.name]?.engine;
      const named = isNamed(one) ? inTurn : [few[index % few.length]];
      const chosen = only ? engines.filter(({ name }) => name === only) : isOnBoth(one) ? few : named;
      return (all && !only ? engines : chosen)
        .filter(engine => engine !== undefined)
        .map(engine => ({ one, engine, cut: all || (isNamed(one) && inTurn.includes(engine)) ? 'all' : 'ends' }));
    });
}
