import { writeFileSync } from 'node:fs';
import { argv, env, exit, stderr } from 'node:process';
import { fileURLToPath } from 'node:url';
import { openBench } from '../suite/bench.ts';
import { describeFinding } from '../suite/findings.ts';
import { say } from '../suite/report.ts';
import { defaultEngines, findTools, labelOf } from '../suite/tools.ts';
import type { Mutation } from './mutation.ts';
import { mutations } from './mutations/index.ts';
import { runMutation } from './run-mutation.ts';

/*
 * npm run mutate [-- words of a name] [-- --all] [-- --outputFile=<file in jest's format>]
 * Breaks what convert writes and shows what notices: the engine, the phase's plan rule, a law of access, the second plan.
 * None of them knows our text. Fails unless all are noticed.
 */

const tools = findTools();
if (typeof tools === 'string') {
  stderr.write(`mutate is skipped: ${tools}\n`);
  exit(env['CI'] === 'true' ? 1 : 0);
}
env['STANDIN_MIRROR'] = tools.mirror;
const bench = await openBench();
const engines = defaultEngines(bench.engines);
const outputFile = argv.find(argument => argument.startsWith('--outputFile='))?.slice('--outputFile='.length);
const words = argv.slice(2).filter(argument => !argument.startsWith('--'));
const all = argv.includes('--all') || words.length > 0;
const chosen = mutations.filter(({ name, seldom }) => (all || !seldom) && words.every(word => name.includes(word)));
const queue = chosen.map((mutation, index) => ({ mutation, engine: engines[index % engines.length]! }));
const results: { fullName: string; status: 'passed' | 'failed' }[] = [];

/** What stands between the call and the service's message. */
const requestDetails = / operation error [^]*?RequestID: [\w-]+,/;

const judge = async ({ mutation, engine }: { mutation: Mutation; engine: (typeof engines)[number] }): Promise<void> => {
  const said = await runMutation(mutation, bench, engine).then(
    ([first]) => (first ? `caught by ${describeFinding(first).replace(requestDetails, '')}` : undefined),
    (error: unknown) => new Error(String(error)),
  );
  const caught = typeof said === 'string';
  results.push({ fullName: mutation.name, status: caught ? 'passed' : 'failed' });
  const verdict = caught ? said.slice(0, 260) : said ? `INVALID: ${said.message}` : 'NOT CAUGHT';
  say(`${mutation.name}  (${mutation.of}, ${labelOf(engine)})  ${verdict}`);
};

const work = async (): Promise<void> => {
  for (let next = queue.shift(); next; next = queue.shift()) await judge(next);
};
await Promise.all([work(), work(), work()]);
await bench.close();

const caught = results.filter(({ status }) => status === 'passed').length;
say(`${caught} of ${results.length} mutations caught`);
const status = caught === results.length && caught > 0 ? 'passed' : 'failed';
if (outputFile !== undefined) {
  const suite = { name: fileURLToPath(import.meta.url), status, assertionResults: results };
  writeFileSync(outputFile, JSON.stringify({ testResults: [suite] }));
}
exit(status === 'passed' ? 0 : 1);
