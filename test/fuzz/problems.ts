import { convert, type ConvertResult } from '../../lib/convert.ts';
import { phaseNumber } from '../../lib/diagnostics/index.ts';
import type { Gate } from '../../lib/hcl/gate.ts';
import { moduleOutput } from '../../lib/report/module-output.ts';
import { formatNames, formats, type FormatName } from '../../lib/report/formats/formats.ts';
import type { Format } from '../../lib/report/output.ts';
import { plain } from '../../lib/report/style.ts';
import { injectedTags } from '../hostile/html.ts';
import { injectedElements } from '../hostile/markdown.ts';
import { steering } from '../hostile/values.ts';
import { testGate, testParser } from '../support/runtime.ts';
import { writtenProblems } from '../support/written-problems.ts';
import { filesOf, fixtures, type FuzzCase, type FuzzedFiles } from './case.ts';

/** What does not hold. Of one `law` a run lists a few cases. */
export type Problem = { readonly law: string; readonly what: string };

/** What of the laws a case breaks, and how long its conversion took, in seconds. */
export const judge = async (
  given: FuzzCase,
): Promise<{ readonly problems: readonly Problem[]; readonly seconds: number }> => {
  const [gate, parser] = [remembering(await testGate()), await testParser()];
  const files = await filesOf(given, async (path, text) => (await gate(path, text)) === undefined);
  const started = performance.now();
  let result: ConvertResult;
  try {
    const options = fixtures.get(given.fixture)?.options;
    result = await convert(files.files, { ...options, runtime: { gate, parser } });
  } catch (error) {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { problems: [{ law: 'crash', what }], seconds: secondsSince(started) };
  }
  const seconds = secondsSince(started);
  const problems = [
    ...refusedRevisions(result),
    ...lostComments(files, result),
    // A label with a line break is no address that a test could find again by its text.
    ...(files.isHostile ? [] : await writtenProblems(files.files, result)).map(what => ({ law: 'written', what })),
    ...injections(files, result),
  ];
  return { problems, seconds };
};

const secondsSince = (started: number): number => (performance.now() - started) / 1000;

/** A revision that the gate refuses. What the tree parser refuses of the source is said of the source's place. */
const refusedRevisions = ({ diagnostics }: ConvertResult): readonly Problem[] =>
  diagnostics
    .filter(({ code, message }) => code === 'TAE006' && / the phase /.test(message))
    .map(({ message }) => ({ law: 'refused revision', what: message }));

/** A comment that no revision has, and no TAE219 names. Version 21 removes arguments, and says so of each. */
const lostComments = ({ files, marks }: FuzzedFiles, { revisions, diagnostics }: ConvertResult): readonly Problem[] => {
  const noted = diagnostics.filter(({ code }) => code === 'TAE219').map(({ message }) => message);
  return revisions
    .filter(({ phase }) => phaseNumber(phase) <= phaseNumber('api-only'))
    .flatMap(({ phase, files: written }) => {
      const text = [...files.keys()].map(path => written.get(path) ?? files.get(path)).join('\n');
      return marks
        .filter(mark => !text.includes(mark) && !noted.some(said => said.includes(mark)))
        .map(mark => ({ law: 'lost comment', what: `${phase}: ${mark}` }));
    });
};

/** Files of a case and of its revisions pass the gate several times. */
const remembering = (gate: Gate): Gate => {
  const known = new Map<string, ReturnType<Gate>>();
  return (path, text) => {
    const key = `${path}\0${text}`;
    const answer = known.get(key) ?? gate(path, text);
    known.set(key, answer);
    return answer;
  };
};

const loaded = {} as Record<FormatName, Format>;
for (const name of formatNames) loaded[name] = await formats[name]();

const surroundings = {
  style: plain,
  pathOf: (path: string) => ({ path, outside: false }),
  version: '0.0.0',
};

/** Nothing that a value holds acts where it is printed. */
const injections = ({ files, isHostile }: FuzzedFiles, result: ConvertResult): readonly Problem[] => {
  if (!isHostile) return [];
  const { report, diagnostics, runbook } = result;
  const output = {
    data: report,
    texts: files,
    findings: diagnostics.map(diagnostic => ({ module: undefined, diagnostic })),
    ...moduleOutput('.', report, { revision: 'ready', written: [], next: [] }),
  };
  const printed = (name: FormatName): string => {
    const { findings, document } = loaded[name];
    return [findings?.(output, surroundings) ?? '', document(output, surroundings)].join('\n');
  };
  const [pretty, markdown, github] = [printed('pretty'), printed('markdown'), printed('github')];
  return [
    ...broken('terminal', steeringLines(pretty)),
    ...broken('markdown', [...injectedElements(markdown), ...steeringLines(markdown)]),
    ...broken('page', [...injectedTags(printed('html')), ...steeringLines(printed('html'))]),
    ...broken('workflow command', [
      ...steeringLines(github),
      ...github.split('\n').filter(line => /^\s*::(?!(error|warning|notice) )/.test(line)),
    ]),
    ...broken('runbook', [...injectedElements(runbook), ...steeringLines(runbook)]),
    ...broken('json', [printed('json'), printed('sarif')].flatMap(jsonProblem)),
  ];
};

const broken = (law: string, all: readonly string[]): Problem[] => all.map(what => ({ law, what }));

const steeringLines = (text: string): string[] => text.split('\n').filter(line => steering.test(line));

const jsonProblem = (text: string): string[] => {
  try {
    JSON.parse(text);
    return [];
  } catch (error) {
    return [String(error)];
  }
};
