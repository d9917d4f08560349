import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { convert, type ConvertResult } from '../../lib/convert.ts';
import { directoryWith } from '../cli/support/directory.ts';
import { codeBlocks } from '../hostile/markdown.ts';
import { fixturesOf, runtime, themes, type Fixture } from '../support/fixture.ts';
import { phasesIn, sectionOf } from '../support/runbook.ts';

/*
 * Every block of every fixture's runbook is pasted into bash, where stand-ins note what they are called with. A phase is applied
 * where its gates, the tool and verify-plan agree, and nothing is applied where one of them does not, however much is pasted at once.
 */

/** `isWritten`: the source has each phase already, as where somebody else has written it. */
type Verdicts = {
  readonly gates?: number;
  readonly convert?: number;
  readonly plan?: number;
  readonly access?: number;
  readonly isWritten?: boolean;
};

/** verify-plan also refuses a phase that is not written, as it does for real. */
const standIns = ({ gates = 0, convert: written = 0, plan = 0, access = 0, isWritten = false }: Verdicts): string => `
note() { printf '%s\\n' "$*" >>"$LOG"; }
aws() {
  note aws "$@"
  case "$1 $2" in
    'iam get-role') echo "arn:aws:iam::111122223333:role/$4" ;;
    'iam get-user') echo "arn:aws:iam::111122223333:user/$4" ;;
    'eks associate-access-policy' | 'eks create-access-entry' | 'eks update-kubeconfig' | 'eks update-cluster-config' | 'eks wait' | 'eks delete-access-entry') ;;
    *) return 9 ;;
  esac
}
kubectl() { note kubectl "$@"; case " $* " in *" --context "*) ;; *) return 9 ;; esac; }
jq() { cat >/dev/null; }
terraform() {
  note terraform "$@"
  case $1 in
    plan) for word in "$@"; do case $word in -out=*) : >"\${word#-out=}" ;; esac; done ;;
    show) echo '{}' ;;
    apply) test -f "$2" ;;
    console) cat >/dev/null; echo '"value"' ;;
    init | state | import) ;;
    *) return 9 ;;
  esac
}
npx() {
  # It never installs what is not there.
  test "$1 $2 $3" = '--no -- tf-access-entries' || return 9
  shift 2
  # Both ends of a pipe begin at once.
  test "$2" != verify-plan || cat >/dev/null
  note npx "$2" "$@"
  case $2 in
    convert) test ${written} = 0 && echo "$*" | grep -o 'phase [a-z0-9-]*' >>written; return ${written} ;;
    verify-plan)
      ${isWritten ? ':' : 'grep -qx "phase $5" written || return 1'}
      case " $* " in *" --existing entries.json "*) test -e entries.json || return 3 ;; esac
      return ${plan}
      ;;
    verify-access) return ${access} ;;
    import-blocks) ;;
    *) return 9 ;;
  esac
}
gates_stub() {
  note gates "$@"
  case " $* " in
    ' value '*) echo told ;;
    *' --after ' | *' snapshot ') : >entries.json ;;
    *' --repair ' | ' adopt ') echo 'terraform state list' ;;
    *' --plan='*) ;;
    *) : >entries.json; return ${gates} ;;
  esac
}
export -f note aws kubectl jq terraform npx gates_stub
`;

const result = async ({ files, options }: Fixture): Promise<ConvertResult> =>
  convert(files, { ...options, runtime: await runtime() });

/** What the page asks to be set where neither the source nor AWS tells it. */
const asked = (runbook: string): Readonly<Record<string, string>> =>
  Object.fromEntries([...runbook.matchAll(/\$\{(\w+):\?/g)].map(([, name = '']) => [name, 'told']));

const blocksIn = (page: string): readonly string[] => codeBlocks(page, 'sh');
const folded = /<details>[^]*?<\/details>/g;
const setUpOf = (runbook: string): string => blocksIn(runbook.split(/^## Checklist/m)[0] ?? '').join('\n');

type Pasted = { readonly statuses: readonly string[]; readonly calls: readonly string[]; readonly stderr: string };

const paste = (runbook: string, blocks: readonly string[], verdicts: Verdicts = {}): Pasted => {
  const directory = directoryWith({ written: '' });
  const staged = join(directory, 'access-entries-migration');
  mkdirSync(staged);
  for (const name of ['gates.sh']) writeFileSync(join(staged, name), 'gates_stub "$@"\n');
  for (const [, name = ''] of runbook.matchAll(/access-entries-migration\/(access-entries[\w-]*\.sh)/g))
    writeFileSync(join(staged, name), 'note script "$@"\n');
  const log = join(directory, 'log');
  const marked = [setUpOf(runbook), ...blocks].map(block => `${block}\necho "status $?"`);
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', `${standIns(verdicts)}\n${marked.join('\n')}\n`], {
    cwd: directory,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: '/usr/bin:/bin', LOG: log, HOME: directory, ...asked(runbook) },
  });
  const statuses = stdout.split('\n').filter(line => line.startsWith('status '));
  return { statuses, calls: readFileSync(log, 'utf8').trim().split('\n'), stderr };
};

/** The words of what is called, in order, without repeats of one another. */
const steps = (calls: readonly string[]): readonly string[] =>
  calls.flatMap(call => /^(?:terraform (?:plan|show|apply)|npx (?:convert|verify-plan))/.exec(call) ?? []);

const whole = ['npx convert', 'terraform plan', 'terraform show', 'npx verify-plan', 'terraform apply'];

describe.each(themes)('%s', theme => {
  const all = fixturesOf(theme);
  const [first] = all;
  test.each(all.map(fixture => [fixture.name, fixture] as const))('%s', async (_name, fixture) => {
    const { runbook, revisions } = await result(fixture);
    if (runbook === '') return;
    const sections = phasesIn(runbook).map(([number, id]) => ({ id, text: sectionOf(runbook, number) }));
    const visible = sections.flatMap(({ text }) => blocksIn(text.replaceAll(folded, '')));

    const pasted = paste(runbook, visible);
    expect(pasted.statuses.filter(status => status !== 'status 0')).toEqual([]);
    expect(pasted.stderr).toBe('');
    const applied = fixture.options.emit === 'aws-cli' ? [] : revisions;
    expect(steps(pasted.calls)).toEqual(applied.flatMap(() => whole));

    // Nothing is applied, whatever is pasted behind what refuses.
    const applies = (verdicts: Verdicts): readonly string[] =>
      paste(runbook, visible, verdicts).calls.filter(call => /^terraform apply|^script .*--apply/.test(call));
    if (applied.length > 0) {
      // All that may refuse for one of a theme, and the plan for each.
      const refusing = fixture === first ? [{ plan: 1 }, { convert: 1 }, { gates: 1 }] : [{ plan: 1 }];
      for (const verdicts of refusing) expect([verdicts, applies(verdicts)]).toEqual([verdicts, []]);
    }

    // A loss that verify-access finds is in no plan, and the source may be at the phase.
    const third = sections
      .filter(({ id }) => id === 'remove-aws-auth')
      .flatMap(({ text }) => blocksIn(text.replaceAll(folded, '')));
    const lost = paste(runbook, third, { access: 1, isWritten: true }).calls;
    expect(lost.filter(call => call.startsWith('terraform apply'))).toEqual([]);

    // Of a shell in which a comment behind a command is none, and of any: nothing reads a file by the name of a placeholder.
    const lines = blocksIn(runbook).flatMap(block => block.split('\n'));
    expect(lines.filter(line => /<[A-Za-z][^>]*>|^[^#'"]+ #/.test(line))).toEqual([]);

    // What is folded away, and the appendix.
    const rest = sections.flatMap(({ text }) => (text.match(folded) ?? []).flatMap(blocksIn));
    const appendix = blocksIn(runbook.split(/^## Appendix/m)[1] ?? '');
    const others = paste(runbook, [...rest, ...appendix]);
    expect([others.statuses.filter(status => status !== 'status 0'), others.stderr]).toEqual([[], '']);
  });
});
