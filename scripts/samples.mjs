// Runs the samples of pages.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { processHost } from '../dist/cli/process-host.js';
import { run } from '../dist/cli/run.js';
import { blocksOf, commandsOf, filesOf, fixOf, root } from './pages.mjs';

const cli = join(root, 'dist/bundle/main.js');
const { pipeline } = processHost(process);

/**
 * Goes through a page from its top: writes the files that are shown and runs the commands of the console blocks. Returns what
 * these blocks hold then, and the exit status of the last command. A comment such as
 * `<!-- in: examples/quickstart/before -->` names the directory to begin with. With `real` each command is a process of its
 * own; else those that need no shell run in this one, ten times as fast.
 */
export const runSamples = (page, { real = false } = {}) =>
  inScratch({}, async (work, scratch) => {
    const [, start] = /^<!-- in: (\S+) -->$/m.exec(page) ?? [];
    if (start !== undefined) cpSync(join(root, start), work, { recursive: true });
    const shell = shellIn(work, scratch);
    const consoles = [];
    let status;
    for (const { language, file, text } of blocksOf(page)) {
      if (file !== undefined) write(work, file, text);
      if (language !== 'console') continue;
      let shown = '';
      for (const command of commandsOf(text)) {
        const result = (real ? undefined : await runHere(command, work)) ?? shell(command);
        status = result.status ?? status;
        shown += `$ ${command}\n${withNewline(result.output.replaceAll(scratch, ''))}`;
      }
      consoles.push(shown);
    }
    return { consoles, status };
  });

/** The codes that are left when the files under "How to fix" are in place; undefined where there are none. */
export const codesAfterFix = async (page, isOfCheck) => {
  const fix = filesOf(page, { from: fixOf(page) });
  if (Object.keys(fix).length === 0) return undefined;
  return inScratch({ ...filesOf(page, { to: fixOf(page) }), ...fix }, async work => {
    const live = existsSync(join(work, 'aws-auth.yaml')) ? ['--aws-auth', 'aws-auth.yaml'] : [];
    const argv = isOfCheck ? ['check', '.', '--min-severity', 'note'] : ['status', '.', ...live];
    const { output } = await inProcess([...argv, '--format', 'json'], work, 'stdout');
    const { diagnostics, findings = diagnostics } = JSON.parse(output);
    return findings.map(({ code }) => code);
  });
};

const inScratch = async (files, task) => {
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'tf-access-entries-page-')));
  const work = join(scratch, 'work');
  mkdirSync(work);
  try {
    for (const [path, text] of Object.entries(files)) write(work, path, text);
    return await task(work, scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
};

const write = (directory, path, text) => {
  mkdirSync(dirname(join(directory, path)), { recursive: true });
  writeFileSync(join(directory, path), text);
};

/** Nothing where the command needs a shell. */
const runHere = async (command, cwd) => {
  const plain = command.replaceAll('\\\n', ' ');
  const found = /^tf-access-entries ([^|&;<>"'`$*?(){}[\]#~!]+?)( > \/dev\/null)?$/.exec(plain);
  if (found === null) return undefined;
  return inProcess(found[1].trim().split(/\s+/), cwd, found[2] === undefined ? 'both' : 'stderr');
};

/** The built command in this process: all of it but the lines of main.js that start it. */
const inProcess = async (argv, cwd, kept) => {
  let output = '';
  const keep = stream => text => {
    if (kept === 'both' || kept === stream) output += text;
  };
  const status = await run(argv, {
    cwd,
    readStdin: async () => Buffer.of(),
    stdout: keep('stdout'),
    stderr: keep('stderr'),
    style: () => (_format, text) => text,
    isTerminal: () => false,
    width: () => undefined,
    pipeline,
  });
  return { output, status };
};

/** Runs a command in sh, where `tf-access-entries` notes its exit status, since a pipe would hide it. */
const shellIn = (cwd, scratch) => {
  const bin = join(scratch, 'bin');
  const noted = join(scratch, 'status');
  mkdirSync(bin);
  const tool = join(bin, 'tf-access-entries');
  writeFileSync(
    tool,
    `#!/bin/sh\n'${process.execPath}' '${cli}' "$@"\nstatus=$?\necho $status > '${noted}'\nexit $status\n`,
  );
  chmodSync(tool, 0o755);
  const env = { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}`, NO_COLOR: '1', LC_ALL: 'C' };
  return command => {
    rmSync(noted, { force: true });
    const { stdout, error } = spawnSync('sh', ['-c', `{ ${command}\n} 2>&1`], { cwd, env, encoding: 'utf8' });
    if (error !== undefined) throw error;
    return { output: stdout, status: readStatus(noted) };
  };
};

const readStatus = path => {
  try {
    return Number(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
};

/** Empty lines at the end say nothing on a page. */
const withNewline = text => text.replace(/\n*$/, text.trim() === '' ? '' : '\n');
