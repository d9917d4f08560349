import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer } from '../../aws-cli/support/call.ts';
import { clusterWith, type Cluster } from '../../aws-cli/support/cluster.ts';
import type { LiveCluster } from '../../aws-cli/support/live-cluster.ts';

/** What a gate has to say: its word, and what it found. */
export type Said = { readonly word: string; readonly what: string; readonly found: string };

export type Ran = Answer & {
  readonly cluster: Cluster;
  readonly gates: readonly Said[];
  /** A file of the working directory. */
  readonly file: (name: string) => string | undefined;
};

export type World = Partial<LiveCluster> & {
  /** Files of the working directory. */
  readonly files?: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, string>>;
  /** What stands for Terraform: a script for sh. */
  readonly terraform?: string;
};

/** Runs gates.sh beside a root module, against an `aws` and a `kubectl` that tell what they were given. */
export const runGates = async (
  script: string,
  args: string,
  { files = {}, variables = {}, terraform, ...more }: World,
) => {
  const cluster = await clusterWith('', { mode: 'API_AND_CONFIG_MAP', ...more });
  const staged = join(cluster.directory, 'access-entries-migration');
  mkdirSync(staged);
  writeFileSync(join(staged, 'gates.sh'), script);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cluster.directory, name), text);
  const tool = join(cluster.directory, 'bin/terraform');
  writeFileSync(tool, `#!/bin/sh\n${terraform ?? 'exit 1'}\n`);
  chmodSync(tool, 0o755);
  const exports = Object.entries(variables).map(([name, value]) => `export ${name}='${value}'\n`);
  const answer = await cluster.shell(`${exports.join('')}bash access-entries-migration/gates.sh ${args}`);
  return { ...answer, cluster, gates: gatesIn(answer.stdout), file: fileIn(cluster) } satisfies Ran;
};

const fileIn =
  ({ directory }: Cluster) =>
  (name: string): string | undefined =>
    existsSync(join(directory, name)) ? readFileSync(join(directory, name), 'utf8') : undefined;

const gatesIn = (stdout: string): readonly Said[] =>
  [...stdout.matchAll(/^(ok|FAIL|look) {2,4}(.*)\n(?: {6}found: (.*)\n)?/gm)].map(
    ([, word = '', what = '', found = '']) => ({ word, what, found }),
  );

/** The word of the gate that says this. */
export const wordOf = ({ gates, stdout, stderr }: Ran, what: string | RegExp): string => {
  const found = gates.filter(gate => (typeof what === 'string' ? gate.what.includes(what) : what.test(gate.what)));
  if (found.length !== 1) throw new Error(`${found.length} gates say ${String(what)}:\n${stdout}${stderr}`);
  return found[0]?.word ?? '';
};
