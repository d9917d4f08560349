import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { phaseIds, type PhaseId } from '../../../lib/diagnostics/index.ts';

export type Files = ReadonlyMap<string, string>;

/** What was decided about a row, as report.json says it. */
export type RowReport = { principal: string; disposition: string; key?: string; form?: string; codes?: string[] };

export type Config = {
  accept?: { principal: string; code: string }[];
  drop?: { principal: string }[];
};

/** A root module and the revisions that were written for it, each as the files that differ from the input. */
export type Case = {
  name: string;
  input: Files;
  phases: { phase: PhaseId; files: Files }[];
  rows: RowReport[];
  ssoRegion?: string;
  runner?: string;
  config: Config;
  /** Documents of the AWS CLI: what is in the live cluster. */
  snapshot: unknown[];
  /** Other values of variables than the supplement has. */
  variables?: Record<string, unknown>;
};

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** The fixtures of the conversion tests and the examples. */
export function allCases(): Case[] {
  const fixtures = directories(join(root, 'test/fixtures')).flatMap(theme =>
    directories(join(root, 'test/fixtures', theme)).map(name => fixture(`${theme}/${name}`)),
  );
  return [...directories(join(root, 'examples')).map(example), ...fixtures];
}

export function caseNamed(name: string): Case {
  const found = allCases().find(one => one.name === name);
  if (!found) throw new Error(`no case ${name}`);
  return found;
}

function fixture(name: string): Case {
  const directory = join(root, 'test/fixtures', name);
  const folders = directories(join(directory, 'expected'));
  const phases = phaseIds.filter(phase => folders.includes(phase));
  return {
    name,
    // What is in .terraform is the engine's business: it installs what the constraints admit.
    input: readFiles(join(directory, 'input'), file => file !== 'modules.json'),
    phases: phases.map(phase => ({ phase, files: withEntriesModule(readFiles(join(directory, 'expected', phase))) })),
    ...about(directory, join(directory, 'expected/report.json')),
  };
}

/** A revision that calls the module for rows that only a plan knows has it beside it; the fixtures leave the copy out. */
function withEntriesModule(files: Files): Files {
  const isCalled = [...files.values()].some(text => text.includes('source = "./aws-auth-entries"'));
  const directory = join(root, 'templates/modules/aws-auth-entries');
  const copy = [...readFiles(directory)].map(([file, text]) => [`aws-auth-entries/${file}`, text] as const);
  return isCalled ? new Map([...files, ...copy]) : files;
}

function example(name: string): Case {
  const directory = join(root, 'examples', name);
  const phases = directories(join(directory, 'after')).map(folder => {
    const phase = phaseIds.find(id => folder.endsWith(`-${id}`));
    if (!phase) throw new Error(`${name}: ${folder} is no phase`);
    return { phase, files: readFiles(join(directory, 'after', folder), file => /\.(tf|tofu)$/.test(file)) };
  });
  return {
    name: `examples/${name}`,
    input: readFiles(join(directory, 'before')),
    phases,
    ...about(directory, join(directory, 'after/report.json')),
  };
}

function about(directory: string, report: string): Pick<Case, 'rows' | 'ssoRegion' | 'runner' | 'config' | 'snapshot'> {
  const options = json(join(directory, 'options.json')) as { ssoRegion?: string; runner?: string };
  return {
    rows: (json(report) as { rows?: RowReport[] }).rows ?? [],
    ...(options.ssoRegion === undefined ? {} : { ssoRegion: options.ssoRegion }),
    ...(options.runner === undefined ? {} : { runner: options.runner }),
    config: json(join(directory, 'config.json')) as Config,
    snapshot: documents(join(directory, 'snapshot.json')),
  };
}

/** The CLI's answers one after the other; each begins with a brace in the first column. */
function documents(path: string): unknown[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split(/\n(?=\{)/)
    .map(text => JSON.parse(text) as unknown);
}

function directories(parent: string): string[] {
  if (!existsSync(parent)) return [];
  const entries = readdirSync(parent, { withFileTypes: true });
  return entries
    .filter(entry => entry.isDirectory())
    .map(entry => entry.name)
    .toSorted();
}

function readFiles(directory: string, keep: (file: string) => boolean = () => true): Files {
  const names = readdirSync(directory, { withFileTypes: true }).filter(entry => entry.isFile() && keep(entry.name));
  return new Map(names.map(({ name }) => [name, readFileSync(join(directory, name), 'utf8')] as const));
}

function json(path: string): unknown {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as unknown) : {};
}
