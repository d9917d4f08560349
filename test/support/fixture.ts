import { readdirSync, readFileSync, existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseConfig, type Config } from '../../lib/config/index.ts';
import type { ConvertOptions, ConvertResult } from '../../lib/convert.ts';
import { readSnapshot } from '../../lib/parser/entries/read-snapshot.ts';
import type { Snapshot } from '../../lib/parser/index.ts';
import { testGate, testParser } from './runtime.ts';

const root = fileURLToPath(new URL('../fixtures/', import.meta.url));

/** One case: a root module, what it is run with, and what must come out. */
export type Fixture = {
  readonly theme: string;
  readonly name: string;
  readonly files: ReadonlyMap<string, string>;
  readonly options: RunOptions;
  readonly expected: Expected;
};

export type RunOptions = Omit<ConvertOptions, 'runtime' | 'config' | 'snapshot'> & {
  readonly config?: Config;
  readonly snapshot?: Snapshot;
};

export type Expected = {
  /** Phase id, then path, then text. */
  readonly revisions: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly report: unknown;
};

/** Names of the themes: the directories of test/fixtures. */
export const themes: readonly string[] = directories(root);

export const fixturesOf = (theme: string): readonly Fixture[] =>
  directories(path.join(root, theme)).map(name => ({ theme, name, ...readFixture(path.join(root, theme, name)) }));

/** What is in the directory of a case. */
export const readFixture = (directory: string): Omit<Fixture, 'theme' | 'name'> => {
  const expected = path.join(directory, 'expected');
  const revisions = directories(expected).map(phase => [
    phase,
    Object.fromEntries(readAll(path.join(expected, phase))),
  ]);
  return {
    files: readInput(path.join(directory, 'input')),
    options: readOptions(directory),
    expected: {
      revisions: Object.fromEntries(revisions) as Expected['revisions'],
      report: readJson(path.join(expected, 'report.json')) ?? {},
    },
  };
};

/** `.terraform` is ignored by git nearly everywhere, so its modules.json stands beside the files. */
const readInput = (directory: string): ReadonlyMap<string, string> =>
  new Map(
    readAll(directory).map(([file, text]) => [
      file === 'modules.json' ? '.terraform/modules/modules.json' : file,
      text,
    ]),
  );

const readOptions = (directory: string): RunOptions => {
  const options = (readJson(path.join(directory, 'options.json')) ?? {}) as RunOptions;
  const config = readText(path.join(directory, 'config.json'));
  const snapshot = readText(path.join(directory, 'snapshot.json'));
  const awsAuth = readText(path.join(directory, 'aws-auth.yaml'));
  return {
    ...options,
    ...(config === undefined ? {} : { config: parseConfig('config.json', config) }),
    ...(snapshot === undefined ? {} : { snapshot: readSnapshot('snapshot.json', snapshot) }),
    ...(awsAuth === undefined ? {} : { awsAuth: { file: 'aws-auth.yaml', text: awsAuth } }),
  };
};

type Gate = ConvertOptions['runtime']['gate'];

const judged = new Map<string, ReturnType<Gate>>();

/** The gate, asked once about each text: a law converts the same files many times over. */
export const gateOnce = async (): Promise<Gate> => {
  const gate = await testGate();
  return (file, text) => {
    const key = `${file}\u0000${text}`;
    const known = judged.get(key) ?? gate(file, text);
    judged.set(key, known);
    return known;
  };
};

type Parser = ConvertOptions['runtime']['parser'];

const trees = new Map<string, ReturnType<Parser['parse']>>();

/** The parser, asked once about each text. Trees are never changed, so that all may share them. */
const parseOnce = async (): Promise<Parser> => {
  const { parse } = await testParser();
  return {
    parse: (file, text) => {
      const key = `${file}\u0000${text}`;
      const tree = trees.get(key) ?? parse(file, text);
      trees.set(key, tree);
      return tree;
    },
  };
};

export const runtime = async (): Promise<ConvertOptions['runtime']> => ({
  parser: await parseOnce(),
  gate: await gateOnce(),
});

/** What report.json of a fixture says: the part of a result that a person can write down. */
export const summaryOf = (result: ConvertResult): unknown => ({
  sourcePhase: result.sourcePhase ?? null,
  counts: result.report.counts,
  rows: result.rows.map(({ from, line, principal, disposition, key, form, type, codes }) => ({
    ...(from === undefined ? {} : { from, line }),
    principal,
    disposition,
    ...(key === undefined ? {} : { key }),
    ...(form === undefined ? {} : { form }),
    ...(type === undefined ? {} : { type }),
    ...(codes.length === 0 ? {} : { codes }),
  })),
  ...(result.blockedFrom === undefined ? {} : { blockedFrom: result.blockedFrom }),
  diagnostics: result.diagnostics.map(({ code }) => code),
});

function directories(parent: string): readonly string[] {
  if (!existsSync(parent)) return [];
  return readdirSync(parent, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();
}

const readAll = (directory: string): readonly (readonly [string, string])[] =>
  readdirSync(directory)
    .toSorted()
    .map(file => [file, readFileSync(path.join(directory, file), 'utf8')] as const);

const readText = (file: string): string | undefined => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);

const readJson = (file: string): unknown => {
  const text = readText(file);
  return text === undefined ? undefined : (JSON.parse(text) as unknown);
};
