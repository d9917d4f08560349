import { afterAll, describe, expect, test } from '@jest/globals';
import type { PhaseId } from '../../../lib/diagnostics/index.ts';
import type { World } from '../oracle/world.ts';
import { withAdministrators, withLiveEntries } from './administrators.ts';
import { everything, openBench } from './bench.ts';
import { caseNamed, type Case, type Files } from './cases.ts';
import { describeChange, rightsIn, unequal } from './laws.ts';
import { summary } from './plan.ts';
import { say } from './report.ts';
import { breakGlass, seedFiles, seedWorld } from './seed.ts';
import { runner } from './supplements.ts';
import { defaultEngines, labelOf, type Engine } from './tools.ts';
import * as workspaces from './workspace.ts';

/*
 * What a root module goes through once it is converted: it grows, somebody makes a second cluster of it, and before aws-auth is
 * ignored somebody takes the way back.
 */

const bench = await openBench();
afterAll(() => bench.close());
const few = defaultEngines(bench.engines);

/** By default the first of each list, on one engine; with --all every case on both. */
const on = (names: readonly string[], turn: number): (readonly [string, Engine])[] =>
  everything
    ? names.flatMap(name => few.map(engine => [name, engine] as const))
    : [[names[0]!, few[turn % few.length]!] as const];

type Walk = {
  to: (files: Files) => Promise<World>;
  plan: () => Promise<string>;
};

/** The revisions up to a phase, one over the other. */
const upTo = ({ phases }: Case, last: PhaseId): Files[] =>
  phases.slice(0, phases.findIndex(({ phase }) => phase === last) + 1).map(({ files }) => files);

/** In one state: files are written and applied, and the world is what they leave. */
async function walking<T>(
  one: Case,
  engine: Engine,
  walk: (walk: Walk) => Promise<T>,
  seed: World = seedWorld(one),
): Promise<T> {
  const workspace = workspaces.createWorkspace(bench.on(engine));
  const to = async (files: Files): Promise<World> => {
    workspaces.writeFiles(workspace, files);
    await workspaces.must(workspace, 'init', '-upgrade', '-no-color');
    await workspaces.must(workspace, 'apply', '-auto-approve', '-no-color');
    return workspaces.readWorld(workspace);
  };
  try {
    workspaces.writeWorld(workspace, seed);
    const world = await to(seedFiles(one));
    workspaces.writeWorld(workspace, withAdministrators(one, withLiveEntries(one, world)));
    return await walk({ to, plan: async () => summary(await workspaces.plan(workspace)) });
  } finally {
    workspaces.removeWorkspace(workspace);
  }
}

const changesBetween = (one: Case, before: World, after: World): string[] =>
  unequal(one, rightsIn(before), rightsIn(after)).map(describeChange);

/** A group of nodes beside the others. */
const grown = (files: Files): Files => {
  const groups = /eks_managed_node_groups = \{\n/;
  const found = [...files].find(([, text]) => groups.test(text));
  if (!found) throw new Error('no node groups');
  return new Map([...files, [found[0], found[1].replace(groups, '$&    more = {}\n')]]);
};

const examples = ['examples/quickstart', 'examples/karpenter-cycle'];

describe('after the migration', () => {
  test.concurrent.each(on(examples, 0))(
    '%s goes on: a group of nodes is added, and it has an entry',
    async (name, engine) => {
      const one = caseNamed(name);
      await walking(one, engine, async ({ to, plan }) => {
        let world: World = {};
        for (const files of upTo(one, 'clean-up')) world = await to(files);
        const after = await to(grown(one.phases.at(-1)!.files));
        expect(changesBetween(one, world, after)).toEqual([
          expect.stringMatching(/^gained .*:role\/more-.*: no access -> entry system:node:/),
        ]);
        expect(await plan()).toBe('nothing');
        say(`${name}  ${labelOf(engine)}  a group of nodes added after the migration`);
      });
    },
    600_000,
  );

  const anew = [
    'examples/karpenter-cycle',
    'examples/quickstart',
    'reference/without-sso-region',
    'layout/rows-known-at-plan-time',
    'inline/v19-literal',
  ];
  test.concurrent.each([
    ...on(anew, 1).map(run => [...run, 'clean-up'] as const),
    // While aws-auth and the entries are both there.
    ...on(anew, 0).map(run => [...run, 'add-access-entries'] as const),
  ])(
    '%s is made from nothing, as well as it was migrated',
    async (name, engine, phase) => {
      const one = caseNamed(name);
      const files = upTo(one, phase).reduce((all, next) => new Map([...all, ...next]), new Map());
      const whole = { ...one, input: new Map([...one.input, ...files]) };
      const migrated = await walking(one, engine, async ({ to }) => {
        let world: World = {};
        for (const revision of upTo(one, phase)) world = await to(revision);
        return world;
      });
      await walking(
        whole,
        engine,
        async ({ to, plan }) => {
          const world = await to(seedFiles(whole));
          // Who could help is there by hand, or made the cluster in another mode.
          const helpers = [breakGlass, runner];
          const rows = unequal(one, rightsIn(migrated), rightsIn(world)).filter(
            ({ principal }) => !helpers.includes(principal),
          );
          expect(rows.map(describeChange)).toEqual([]);
          expect(await plan()).toBe('nothing');
        },
        seedWorld(one),
      );
      say(`${name}  ${labelOf(engine)}  from nothing in ${phase}`);
    },
    600_000,
  );

  test.concurrent.each(on(['lists/one-principal-under-conditions', ...examples], 0))(
    '%s goes back: aws-auth comes again, then the entries go, and everybody has what they had',
    async (name, engine) => {
      const one = caseNamed(name);
      await walking(one, engine, async ({ to, plan }) => {
        const [enabled, ...later] = upTo(one, 'remove-aws-auth');
        const before = await to(enabled!);
        for (const files of later) await to(files);
        expect(changesBetween(one, before, await to(later[0]!))).toEqual([]);
        expect(changesBetween(one, before, await to(enabled!))).toEqual([]);
        expect(await plan()).toBe('nothing');
        say(`${name}  ${labelOf(engine)}  and back`);
      });
    },
    600_000,
  );
});
