// How large the package is, packed and installed.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const run = (directory, command, ...args) => {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: directory, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: exit status ${status}\n${stderr}`);
  return stdout;
};

/** Sizes of the files, not of the blocks of a disk that they take. */
const sizeOf = directory =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath ?? entry.path, entry.name)).size, 0);

export const measureInstall = (root, scratch) => {
  const directory = join(scratch, 'install');
  mkdirSync(directory, { recursive: true });
  const packed = JSON.parse(run(root, 'npm', 'pack', '--json', '--ignore-scripts', '--pack-destination', directory))[0];
  writeFileSync(join(directory, 'package.json'), '{ "name": "install", "private": true }');
  run(directory, 'npm', 'install', '--no-audit', '--no-fund', '--ignore-scripts', join(directory, packed.filename));
  const lock = JSON.parse(run(directory, 'npm', 'ls', '--all', '--json'));
  const names = new Set();
  const collect = ({ dependencies = {} }) => {
    for (const [name, one] of Object.entries(dependencies)) {
      names.add(`${name}@${one.version}`);
      collect(one);
    }
  };
  collect(lock);
  return {
    packages: names.size,
    packed: packed.size,
    unpacked: packed.unpackedSize,
    installed: sizeOf(join(directory, 'node_modules')),
  };
};
