import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { journalName } from '../../lib/cli/module-files.ts';
import { command } from './support/command.ts';
import { contentOf, directoryWith } from './support/directory.ts';
import { rootModule } from './support/modules.ts';

const names = Array.from({ length: 35 }, (_, index) => `f${String(index).padStart(2, '0')}.tf`);
const before = Object.fromEntries(names.map(name => [name, `# ${name} before\n`]));
const after = Object.fromEntries(names.map(name => [name, `# ${name} after\n`]));

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

/** A run that replaces all files, and stops itself at a step, as by Ctrl-Z. */
const stoppedRun = async (directory: string, at: string): Promise<ChildProcess> => {
  const script = `
    import { writeFileSync } from 'node:fs';
    import { basename, join } from 'node:path';
    import { writeFiles } from ${JSON.stringify(new URL('../../dist/cli/write-files.js', import.meta.url).href)};
    const directory = ${JSON.stringify(directory)};
    const changes = ${JSON.stringify(names)}.map(name => ({
      path: join(directory, name), label: name, directory, phase: 'enable-api',
      before: Buffer.from('# ' + name + ' before\\n'), after: Buffer.from('# ' + name + ' after\\n'),
    }));
    await writeFiles(changes, { onStep: (step, path) => {
      if (step + ' ' + basename(path) !== ${JSON.stringify(at)}) return;
      process.stdout.write('stopped');
      process.kill(process.pid, 'SIGSTOP');
    } });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(child);
  await once(child.stdout, 'data');
  // It says so before it stops: a signal to go on that comes between the two is lost.
  while (!isStopped(child)) await setTimeout(10);
  return child;
};

/** Source: ps(1) and proc(5), state T. */
const isStopped = ({ pid }: ChildProcess): boolean =>
  existsSync('/proc/self/stat')
    ? / T /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
    : spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout.startsWith('T');

const convert = (directory: string, phase: string) =>
  command(directory, ['convert', '.', '--write', '--phase', phase, '--quiet']);

describe('while another run is stopped', () => {
  test.each(['temporary f03.tf', 'checked ', 'replaced f04.tf'])('at "%s" a second one refuses', async at => {
    const directory = directoryWith({ ...before, 'main.tf': rootModule() });
    const first = await stoppedRun(directory, at);
    const found = contentOf(directory);
    const { status, stderr } = convert(directory, 'enable-api');
    expect([status, stderr]).toEqual([
      3,
      expect.stringContaining(`another run, process ${first.pid}, writes there; wait for its end, and run again.`),
    ]);
    expect(contentOf(directory)).toEqual(found);
    first.kill('SIGCONT');
    expect(await once(first, 'exit')).toEqual([0, null]);
    expect(contentOf(directory)).toEqual({ ...after, 'main.tf': rootModule() });
    expect(convert(directory, 'enable-api').status).toBe(0);
  });

  test('and killed then, the second one goes on', async () => {
    const directory = directoryWith({ ...before, 'main.tf': rootModule() });
    const first = await stoppedRun(directory, 'replaced f04.tf');
    first.kill('SIGKILL');
    await once(first, 'exit');
    expect(convert(directory, 'enable-api')).toMatchObject({ status: 0, stderr: '' });
    expect(contentOf(directory)).toEqual({
      ...after,
      'main.tf': expect.stringContaining('authentication_mode = "API_AND_CONFIG_MAP"'),
    });
  });
});

/** Goes on with the stopped run, and says how it ends. */
const continued = async (child: ChildProcess): Promise<string> => {
  let stderr = '';
  child.stderr?.on('data', data => (stderr += String(data)));
  child.kill('SIGCONT');
  await once(child, 'close');
  return stderr;
};

describe('whose lock was removed by hand while it was stopped', () => {
  const lost =
    'the lock of its directory was removed while this run was at work, so that another run may have written there';

  test('a run that has replaced files does not undo what another one completed', async () => {
    const directory = directoryWith({ ...before, 'main.tf': rootModule() });
    const first = await stoppedRun(directory, 'replaced f04.tf');
    rmSync(join(directory, lockOf(directory)));
    expect(convert(directory, 'enable-api')).toMatchObject({ status: 0, stderr: '' });
    const written = contentOf(directory);
    const stderr = await continued(first);
    expect(stderr).toContain(lost);
    expect(stderr).toContain('f00.tf, f01.tf, f02.tf, f03.tf, f04.tf');
    expect(contentOf(directory)).toEqual(written);
  });

  test('one that nobody has completed is left to be completed', async () => {
    const directory = directoryWith({ ...before, 'main.tf': rootModule() });
    const first = await stoppedRun(directory, 'replaced f04.tf');
    rmSync(join(directory, lockOf(directory)));
    expect(await continued(first)).toContain(lost);
    expect(convert(directory, 'enable-api')).toMatchObject({ status: 0, stderr: '' });
    expect(contentOf(directory)).toMatchObject(after);
  });

  test('one that has replaced nothing replaces nothing', async () => {
    const directory = directoryWith({ ...before, 'main.tf': rootModule() });
    const first = await stoppedRun(directory, 'checked ');
    rmSync(join(directory, lockOf(directory)));
    expect(convert(directory, 'enable-api')).toMatchObject({ status: 0, stderr: '' });
    const stderr = await continued(first);
    expect(stderr).toContain(lost);
    expect(contentOf(directory)).toEqual({ ...before, 'main.tf': expect.stringContaining('API_AND_CONFIG_MAP') });
  });
});

test('another phase than the one that was interrupted is refused, and the phase is named', async () => {
  const directory = directoryWith({ ...before, 'main.tf': rootModule() });
  const first = await stoppedRun(directory, 'replaced f04.tf');
  first.kill('SIGKILL');
  await once(first, 'exit');
  const files = (): Record<string, string> =>
    Object.fromEntries(Object.entries(contentOf(directory)).filter(([name]) => !name.endsWith('.lock')));
  const found = files();
  for (const args of [
    ['status', '.'],
    ['convert', '.', '--write', '--phase', 'add-access-entries'],
  ]) {
    const { status, stderr } = command(directory, args);
    expect([status, stderr]).toEqual([3, expect.stringContaining('TAE014')]);
    expect(stderr).toContain('`tf-access-entries convert --write --phase enable-api`');
    expect(files()).toEqual(found);
  }
});

const lockOf = (directory: string): string => readdirSync(directory).find(name => name.endsWith('.lock')) ?? '';

describe('who has written', () => {
  test('cannot be asked on another host', async () => {
    const directory = directoryWith({ ...before, 'main.tf': rootModule() });
    const lock = '.tf-access-entries-0123456789ab-1-1.lock';
    writeFileSync(join(directory, lock), '');
    const { status, stderr } = convert(directory, 'enable-api');
    expect([status, stderr]).toEqual([
      3,
      expect.stringContaining(`left ${lock} there; when that run has ended, remove`),
    ]);
    expect(contentOf(directory)).toEqual({ ...before, 'main.tf': rootModule(), [lock]: '' });
  });

  // Elsewhere the system does not tell when a process was started.
  if (process.platform === 'linux') {
    test('is known by when it was started, since its number is given to others', async () => {
      const directory = directoryWith({ ...before, 'main.tf': rootModule() });
      const first = await stoppedRun(directory, 'checked ');
      const lock = lockOf(directory);
      first.kill('SIGKILL');
      await once(first, 'exit');
      // The number is that of a process that lives: this one.
      const reused = lock.replace(/-\d+-(\d+)\.lock$/, `-${process.pid}-$1.lock`);
      mkdirSync(join(directory, 'x'));
      writeFileSync(join(directory, reused), '');
      expect(convert(directory, 'enable-api').status).toBe(0);
      expect(readdirSync(directory).filter(name => name.startsWith('.tf'))).toEqual([]);
    });
  }
});

test('two runs into one output directory', async () => {
  const directory = directoryWith({ 'main.tf': rootModule() });
  expect(command(directory, ['convert', '.', '--out', 'out']).status).toBe(0);
  const script = `
    import { writeFiles } from ${JSON.stringify(new URL('../../dist/cli/write-files.js', import.meta.url).href)};
    const directory = ${JSON.stringify(join(directory, 'out'))};
    const change = { path: directory + '/x', label: 'x', directory, after: Buffer.from('x') };
    await writeFiles([change], { onStep: step => {
      if (step !== 'checked') return;
      process.stdout.write('stopped');
      process.kill(process.pid, 'SIGSTOP');
    } });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.push(child);
  await once(child.stdout, 'data');
  writeFileSync(join(directory, 'main.tf'), `${rootModule()}# more\n`);
  const { status, stderr } = command(directory, ['convert', '.', '--out', 'out']);
  expect([status, stderr]).toEqual([3, expect.stringContaining(`another run, process ${child.pid}, writes there`)]);
  expect(existsSync(join(directory, 'out', journalName))).toBe(false);
});
