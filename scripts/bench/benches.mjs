// What is measured: our commands with the targets, and other tools on the same files, where they are there.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';

const node = (...args) => [process.execPath, ...args];

/** Our commands. `target`: how many times `node -e 0` it may take on the clock. */
export const ourBenches = (cli, inputs, scratch, rounds) => {
  const out = join(scratch, 'out');
  const few = Math.min(3, rounds);
  const convert = (input, more) => ({
    command: node(cli, 'convert', input, '--out', out),
    prepare: () => rmSync(out, { recursive: true, force: true }),
    ...more,
  });
  return [
    { id: 'bare', name: '`node -e 0`', command: node('-e', '0'), rounds },
    { name: '`check` of a file of no interest', command: node(cli, 'check', inputs.noInterest), target: 1.4, rounds },
    { name: '`check`, 20 rows', command: node(cli, 'check', inputs.rows20), target: 5, wanted: [1], rounds },
    { name: '`status`, 20 rows', command: node(cli, 'status', inputs.rows20), target: 6, rounds },
    convert(inputs.rows20, { name: '`convert`, 20 rows', target: 6, rounds }),
    {
      name: '`check`, 2,000 files, 40 with a cluster',
      command: node(cli, 'check', inputs.monorepo),
      target: 15,
      wanted: [1],
      rounds,
    },
    convert(inputs.rows1500, { id: '1500', name: '`convert`, 1,500 rows', rounds: few }),
    convert(inputs.rows3000, { id: '3000', name: '`convert`, 3,000 rows', rounds: few }),
    convert(inputs.rows20000, {
      id: '20000',
      name: '`convert`, 20,000 rows, refused',
      wanted: [1],
      says: 'TAE213',
      rounds: 1,
    }),
  ];
};

/** Other tools. None does what ours does: `does` says what each does with a file. */
export const peers = {
  hcledit: {
    title: '`hcledit fmt`',
    does: 'parses a file and prints it formatted. One process for each file',
    version: ['version'],
    one: (path, file) => [path, 'fmt', '-f', file],
    tree: (path, directory) => [
      'bash',
      '-c',
      `find "$1" -name "*.tf" -print0 | xargs -0 -n 1 "$0" fmt -f`,
      path,
      directory,
    ],
  },
  'python-hcl2': {
    title: '`hcl2tojson` of python-hcl2',
    does: 'parses, and prints JSON. Python, with a parser generated from a grammar',
    version: ['--version'],
    one: (path, file) => [path, '--quiet', file],
    tree: (path, directory) => [path, '--quiet', '--ndjson', directory],
    isSlow: true,
  },
  terraform: {
    title: '`terraform fmt -check`',
    does: 'parses, and compares the format. Writes nothing',
    version: ['version'],
    one: (path, file) => [path, 'fmt', '-check', file],
    tree: (path, directory) => [path, 'fmt', '-check', '-recursive', directory],
  },
};

/** On the inputs of ours of the same name. A tool that needs minutes for one of them runs once. */
export const peerBenches = (paths, inputs, rounds) =>
  Object.entries(peers).flatMap(([id, { title, one, tree, isSlow }]) => {
    const path = paths[id];
    if (path === undefined) return [];
    const few = Math.min(3, rounds);
    return [
      { name: `${title}, 20 rows`, command: one(path, join(inputs.rows20, 'main.tf')), rounds: isSlow ? few : rounds },
      { name: `${title}, 2,000 files`, command: tree(path, inputs.monorepo), rounds: isSlow ? 1 : few },
      { name: `${title}, 3,000 rows`, command: one(path, join(inputs.rows3000, 'main.tf')), rounds: isSlow ? 1 : few },
    ];
  });

/** What a tool says of its version; undefined where it does not start. */
export const versionOf = (id, path) => {
  const { status, stdout, stderr } = spawnSync(path, peers[id].version, { encoding: 'utf8' });
  if (status !== 0) return undefined;
  return /\d+\.\d+\.\d+/.exec(`${stdout}${stderr}`)?.[0];
};
