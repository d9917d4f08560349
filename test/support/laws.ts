import { format } from '@cdktf/hcl-tools';
import hcl2 from 'hcl2-parser';
import { convert, type Conversion, type ConvertResult, type Revision } from '../../lib/convert.ts';
import { phaseIds } from '../../lib/diagnostics/index.ts';
import { withoutEntriesModule } from './entries-module.ts';
import { gateOnce, runtime, type RunOptions } from './fixture.ts';
import { splitProblems, withoutAwsAuth, withoutPins } from './untouched-split.ts';
import { untouchedProblems } from './untouched.ts';

type Files = ReadonlyMap<string, string>;

/** What holds for every input, whatever it is. Returns what does not hold. */
export const brokenLaws = async (files: Files, options: RunOptions, result: Conversion): Promise<string[]> => [
  ...countProblems(result),
  ...(await textProblems(files, result)),
  ...untouched(files, result),
  ...commentProblems(result),
  ...(await againProblems(files, options, result)),
];

/** Phase 0 moves lines; what comes after it is compared with what it has made. */
const untouched = (files: Files, { revisions }: ConvertResult): string[] => {
  const split = revisions.find(({ phase }) => phase === 'split-aws-auth');
  const start = mapped(new Map([...files, ...(split?.files ?? [])]), withoutPins);
  return revisions.flatMap(revision => {
    if (revision === split) return splitProblems(files, revision);
    return untouchedProblems(revision.phase === 'clean-up' ? mapped(start, withoutAwsAuth) : start, revision);
  });
};

const mapped = (files: Files, change: (text: string) => string): Files =>
  new Map([...files].map(([path, text]) => [path, change(text)]));

const countProblems = ({ report, rows }: ConvertResult): string[] => {
  const { rows: all, converted, leftToEks, dropped, blocked } = report.counts;
  const sum = converted + leftToEks + dropped + blocked;
  const places = new Set(rows.map(({ cluster, file, list, index, line }) => [cluster, file, list, index, line].join()));
  return [
    ...(sum === all && all === rows.length ? [] : [`the counts do not add up: ${JSON.stringify(report.counts)}`]),
    ...(places.size === rows.length ? [] : ['a row is reported twice']),
  ];
};

/** Every file that is written passes HashiCorp's parser, and is formatted when the input was. */
const textProblems = async (files: Files, { revisions }: ConvertResult): Promise<string[]> => {
  const gate = await gateOnce();
  const problems: string[] = [];
  for (const { phase, files: written } of revisions) {
    for (const [path, text] of withoutEntriesModule(written)) {
      const refused = await gate(path, text);
      if (refused) problems.push(`${phase}/${path}: ${refused.message}`);
      const before = files.get(path) ?? '';
      if ((await isFormatted(before)) && !(await isFormatted(text))) problems.push(`${phase}/${path}: not formatted`);
    }
  }
  return problems;
};

/** The files of a revision that are not formatted though those before it were, and those that HashiCorp's parser refuses. */
export const unformatted = (files: Files, revision: Revision): Promise<string[]> =>
  textProblems(files, { revisions: [revision] } as unknown as ConvertResult);

/** A third parser, after HashiCorp's and ours. It takes half a second for some modules, so not every test asks it. */
export const thirdOpinions = ({ revisions }: ConvertResult): string[] =>
  revisions.flatMap(({ files }) =>
    [...withoutEntriesModule(files).values()].flatMap(text => thirdOpinion(text.replace(/^\ufeff/, '')) ?? []),
  );

/** hcl2-parser knows neither provider functions nor `$${`: files with these are not its to judge. */
const thirdOpinion = (text: string): readonly string[] | undefined => {
  if (text.includes('provider::') || text.includes('$${')) return undefined;
  const [parsed, error] = hcl2.parseToObject(text) as [unknown, unknown];
  if (parsed !== null && parsed !== undefined) return undefined;
  return [`hcl2-parser: ${error instanceof Object ? JSON.stringify(error) : String(error)}`];
};

/** Terraform's formatter on the text with plain newlines, since it keeps a carriage return as it is. */
const isFormatted = (text: string): Promise<boolean> => {
  const plain = text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n');
  const known = formatted.get(plain) ?? format(plain).then(result => result === plain);
  formatted.set(plain, known);
  return known;
};

const formatted = new Map<string, Promise<boolean>>();

/** The comments of a row are in what the row becomes. */
const commentProblems = ({ state, revisions }: Conversion): string[] => {
  const written = revisions.find(({ phase }) => phase === 'add-access-entries');
  if (!written || !state) return [];
  const text = [...written.files.values()].join('\n');
  const entries = state.transformed.flatMap(({ entries: own }) => own);
  return entries
    .flatMap(({ comments }) => comments)
    .filter(comment => !text.includes(comment.replaceAll('\r', '').split('\n')[0] ?? ''))
    .map(comment => `lost comment: ${comment}`);
};

/** A revision is found at its phase, leads to the same later revisions, and the last one leaves nothing to do. */
const againProblems = async (files: Files, options: RunOptions, first: ConvertResult): Promise<string[]> => {
  const problems: string[] = [];
  for (const [index, revision] of first.revisions.entries()) {
    const source = new Map([...files, ...revision.files]);
    const again = await convert(source, { ...options, runtime: await runtime() });
    if (!isAtPhase(again, first, revision)) {
      const codes = again.diagnostics.map(({ code }) => code).join(' ');
      problems.push(`revision ${revision.phase} is taken for ${again.sourcePhase}, wanted ${codes}`);
    }
    const later = first.revisions.slice(index + 1);
    const [wanted, got] = [textsOf(files, later), textsOf(source, again.revisions)];
    if (wanted !== got) problems.push(`from revision ${revision.phase} on, the later revisions differ`);
    if (again.blockedFrom !== first.blockedFrom) {
      problems.push(`revision ${revision.phase}: blocked from ${again.blockedFrom}, before ${first.blockedFrom}`);
    }
    const isLast = later.length === 0 && first.blockedFrom === undefined;
    const errors = again.diagnostics.filter(({ severity }) => severity === 'error');
    if (isLast && errors.length > 0)
      problems.push(`the last revision has errors: ${errors.map(e => e.code).join(' ')}`);
    if (isLast && !again.diagnostics.some(({ code }) => code === 'TAE012')) {
      problems.push('the last revision does not say that there is nothing to do');
    }
  }
  return problems;
};

const order: readonly string[] = phaseIds;

/** Phases that changed nothing count as done, so the phase may be later than the revision's, up to the next revision. */
const isAtPhase = (again: ConvertResult, first: ConvertResult, { phase }: Revision): boolean => {
  // What phase 0 has made is a module of version 20 like any other, with no phase done.
  if (again.sourcePhase === undefined) return phase === 'split-aws-auth';
  const at = order.indexOf(again.sourcePhase);
  const next = first.revisions.map(({ phase: own }) => order.indexOf(own)).find(own => own > order.indexOf(phase));
  const blocked = first.blockedFrom === undefined ? order.length : order.indexOf(first.blockedFrom);
  return at >= order.indexOf(phase) && at < (next ?? blocked);
};

/** Whole modules, so that it does not matter which files a run has touched. */
const textsOf = (files: Files, revisions: readonly Revision[]): string =>
  JSON.stringify(
    revisions.map(({ phase, files: own }) => [
      phase,
      [...new Map([...files, ...own])].toSorted(([a], [b]) => (a < b ? -1 : 1)),
    ]),
  );
