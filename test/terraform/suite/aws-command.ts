import { argv, exit, env, stderr, stdout } from 'node:process';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { aws } from '../../aws-cli/support/aws.ts';
import { parseCall, Refused } from '../../aws-cli/support/call.ts';
import { liveCluster, type LiveEntry } from '../../aws-cli/support/live-cluster.ts';
import type { Entry, World } from '../oracle/world.ts';

/*
 * The `aws` of the commands that a person pastes, as a program: what it tells and changes is in the world of the workspace.
 */

const file = env['STANDIN_WORLD'] ?? '';
const world = JSON.parse(readFileSync(file, 'utf8')) as World;
const call = parseCall(argv.slice(2));
const name = call.options.get('cluster-name') ?? call.options.get('name') ?? '';
const { entries, ...cluster } = world.clusters?.[name] ?? {};

const told = ([principalArn, entry]: [string, Entry]): [string, LiveEntry] => [
  principalArn,
  {
    principalArn,
    type: entry.type ?? 'STANDARD',
    username: entry.username ?? '',
    kubernetesGroups: entry.groups ?? [],
    policies: (entry.policies ?? []).map(({ arn, scopeType, namespaces }) => ({
      policyArn: arn,
      accessScope: { type: scopeType, namespaces: namespaces ?? [] },
    })),
  },
];

const kept = ({ principalArn, type, username, kubernetesGroups: groups, policies }: LiveEntry): [string, Entry] => [
  principalArn,
  {
    ...entries?.[principalArn],
    type,
    username,
    groups,
    policies: policies.map(({ policyArn: arn, accessScope }) => ({
      arn,
      scopeType: accessScope.type,
      namespaces: accessScope.namespaces,
    })),
  },
];

try {
  const before = Object.fromEntries(Object.entries(entries ?? {}).map(told));
  const live = liveCluster({ name, mode: cluster.mode ?? null, entries: before });
  stdout.write(aws(call, live));
  const after = Object.fromEntries(Object.values(live.entries).map(kept));
  // A provider may read the world meanwhile: `gates adopt | bash` imports while it still asks. It must never meet half a file.
  if (!isDeepStrictEqual(after, entries ?? {})) {
    const clusters = { ...world.clusters, [name]: { ...cluster, entries: after } };
    writeFileSync(`${file}.next`, JSON.stringify({ ...world, clusters }, null, 2));
    renameSync(`${file}.next`, file);
  }
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  stderr.write(error.message);
  exit(error.status);
}
