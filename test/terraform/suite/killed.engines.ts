import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';
import { convert, type ConvertResult } from '../../../lib/convert.ts';
import { codeBlocks } from '../../hostile/markdown.ts';
import { readFixture, runtime } from '../../support/fixture.ts';
import { sectionOf } from '../../support/runbook.ts';
import { withBreakGlass, withLiveEntries } from './administrators.ts';
import { everything, enginesInTurn, openBench } from './bench.ts';
import { caseNamed, type Case } from './cases.ts';
import { describeChange, rightsIn, unequal } from './laws.ts';
import { paste } from './paste.ts';
import { changesOf, summary } from './plan.ts';
import { say } from './report.ts';
import { applySource } from './run-phases.ts';
import { seedFiles, seedWorld } from './seed.ts';
import { defaultEngines, labelOf } from './tools.ts';
import * as workspaces from './workspace.ts';

/*
 * An apply of phase 2 that is killed: entries are live, and the state is the one from before. What the runbook says for that is
 * pasted, block by block, and everybody has access again, at the first block already.
 */

const bench = await openBench();
afterAll(() => bench.close());

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Each form of an entry, and both ways into the state; the first with a runner that loses its own rights. */
const few = [
  'examples/quickstart',
  'examples/demo-eks-cluster',
  'raw/cluster-as-a-resource',
  'lists/for-over-variable',
];
const more = [
  'rows/twelve-rows-settled',
  'clusters/emit-resources',
  'inline/v19-literal',
  'lists/existing-literal-map',
];
const names = everything ? [...few, ...more] : few;
const engines = enginesInTurn(everything ? bench.engines : defaultEngines(bench.engines));
const runs = engines.flatMap(engine => names.map(name => [`${name} on ${labelOf(engine)}`, name, engine] as const));

/** What the set-up asks IAM for. */
const exported = { ARN_OF_DEPLOY: 'arn:aws:iam::111122223333:role/deploy' };

const phase = 'add-access-entries';

type Book = Pick<ConvertResult, 'runbook' | 'gates'>;

async function bookOf({ name }: Case): Promise<Book> {
  if (name.startsWith('examples/')) {
    const read = (file: string): string => readFileSync(join(root, name, 'after', file), 'utf8');
    return { runbook: read('MIGRATION.md'), gates: read('gates.sh') };
  }
  const { files, options } = readFixture(join(root, 'test/fixtures', name));
  return convert(files, { ...options, runtime: await runtime() });
}

/** The blocks of phase 2: what plans and applies, what gives the rights back, and what takes live entries into the state. */
function blocksOf({ runbook }: Book): { apply: string; recovery?: string; adopt: string } {
  const section = sectionOf(runbook, 2);
  const apply = codeBlocks(section, 'sh').find(block => block.includes('terraform plan ')) ?? '';
  const [, folded = ''] = section.split('<details>');
  const blocks = codeBlocks(folded.replace(/^.*$/m, ''), 'sh');
  const recovery = blocks.find(block => block.includes('--repair'));
  const adopt = blocks.find(block => block.includes('gates snapshot')) ?? '';
  return { apply, adopt, ...(recovery === undefined ? {} : { recovery }) };
}

/** The functions of the set-up, before a block. The gates of the phase have no kubectl here: they are asked elsewhere. */
const inShell = (block: string): string => `set -o pipefail
export TF_INPUT=0
tool() { npx --no -- tf-access-entries "$@"; }
gates() { case " $* " in *' --plan='* | *' --after ') ;; *) bash access-entries-migration/gates.sh "$@" ;; esac; }
${block}
`;

/** A workspace in which phase 2 is written and not applied. */
async function inPhaseTwo(one: Case, workspace: workspaces.Workspace): Promise<void> {
  workspaces.writeFiles(workspace, seedFiles(one));
  workspaces.writeWorld(workspace, seedWorld(one));
  await workspaces.must(workspace, 'init', '-no-color');
  await applySource(one, workspace);
  workspaces.writeWorld(workspace, withBreakGlass(withLiveEntries(one, workspaces.readWorld(workspace))));
  for (const step of one.phases.slice(0, one.phases.findIndex(other => other.phase === phase) + 1)) {
    workspaces.writeFiles(workspace, step.files);
    await workspaces.must(workspace, 'init', '-upgrade', '-no-color');
    if (step.phase !== phase) await workspaces.must(workspace, 'apply', '-auto-approve', '-no-color');
  }
  const world = workspaces.readWorld(workspace);
  const locked = one.name === 'examples/quickstart';
  const runner = 'arn:aws:iam::111122223333:role/deploy';
  workspaces.writeWorld(workspace, {
    ...world,
    ...(locked ? { runner, options: { ...world.options, enforceKubernetesRead: true } } : {}),
    calls: [],
  });
}

const state = 'terraform.tfstate';

/** The apply ends after so many calls, and nobody keeps what it did. */
async function kill(workspace: workspaces.Workspace, calls: number): Promise<void> {
  const file = join(workspace.directory, state);
  copyFileSync(file, `${file}.before`);
  workspaces.writeWorld(workspace, {
    ...workspaces.readWorld(workspace),
    faults: [{ afterCalls: calls, exit: true }],
  });
  const answer = await workspaces.engine(workspace, 'apply', '-auto-approve', '-no-color');
  expect(answer.code).not.toBe(0);
  copyFileSync(`${file}.before`, file);
  workspaces.writeWorld(workspace, { ...workspaces.readWorld(workspace), calls: [], faults: [] });
}

/** Why a block failed; what it refreshed and planned before comes last. */
const failureOf = ({ code, stdout, stderr }: Awaited<ReturnType<typeof paste>>): string =>
  code === 0 ? '' : `exit ${code}\n${stderr}\n${stdout}`;

const callsIn = (workspace: workspaces.Workspace): number =>
  (workspaces.readWorld(workspace)['calls'] as readonly unknown[]).length;

const onCopy = async (
  workspace: workspaces.Workspace,
  use: (copy: workspaces.Workspace) => Promise<void>,
): Promise<void> => {
  const copy = workspaces.copyWorkspace(workspace);
  try {
    await use(copy);
  } finally {
    workspaces.removeWorkspace(copy);
  }
};

describe('an apply of phase 2 that is killed', () => {
  test.each(runs)(
    '%s',
    async (label, name, engine) => {
      const one = caseNamed(name);
      const book = await bookOf(one);
      const { recovery, adopt, apply } = blocksOf(book);
      const prepared = workspaces.createWorkspace(bench.on(engine));
      let kills = 0;
      try {
        await inPhaseTwo(one, prepared);
        const before = rightsIn(workspaces.readWorld(prepared));
        let calls = 0;
        await onCopy(prepared, async whole => {
          await workspaces.must(whole, 'apply', '-auto-approve', '-no-color');
          calls = callsIn(whole);
        });
        const every = Array.from({ length: calls - 1 }, (_, index) => index + 1);
        for (const after of every.filter(count => everything || count === 2 || count === calls - 1)) {
          await onCopy(prepared, async workspace => {
            await kill(workspace, after);
            const lost = (): string[] =>
              unequal(one, before, rightsIn(workspaces.readWorld(workspace)))
                .filter(({ change }) => change !== 'gained')
                .map(describeChange);
            mkdirSync(join(workspace.directory, 'access-entries-migration'), { recursive: true });
            writeFileSync(join(workspace.directory, 'access-entries-migration/gates.sh'), book.gates);
            const run = (block: string): ReturnType<typeof paste> => paste(workspace, inShell(block), exported);
            if (recovery !== undefined) await run(recovery);
            expect([after, lost()]).toEqual([after, []]);

            // The phase as it is pasted again, with what is live now: it is refused, and makes nothing.
            await run('gates snapshot');
            const live = JSON.stringify(workspaces.readWorld(workspace).clusters);
            const repeated = await run(apply);
            expect(repeated.stderr + repeated.stdout).toContain('TAE505');
            expect(repeated.stderr + repeated.stdout).toContain('import-blocks');
            expect(JSON.stringify(workspaces.readWorld(workspace).clusters)).toBe(live);

            const adopted = await run(adopt);
            expect(failureOf(adopted)).toBe('');
            const applied = await run(`${apply} && rm -f adopt-entries.tf`);
            expect(failureOf(applied)).toBe('');
            expect(existsSync(join(workspace.directory, 'adopt-entries.tf'))).toBe(false);
            expect(unequal(one, before, rightsIn(workspaces.readWorld(workspace))).map(describeChange)).toEqual([]);
            const left = await workspaces.plan(workspace);
            expect(changesOf(left).length === 0 ? 'nothing' : summary(left)).toBe('nothing');
            kills += 1;
          });
        }
        say(
          `${label}  killed ${kills} times in ${calls} calls, adopted by ${adopt.includes('import-blocks') ? 'blocks' : 'addresses'}, everybody is back, and the next plan is empty`,
        );
      } finally {
        workspaces.removeWorkspace(prepared);
      }
    },
    1_800_000,
  );
});
