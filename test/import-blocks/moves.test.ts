import { describe, expect, test } from '@jest/globals';
import { admin, blocksOf, cluster, codesOf, live, policy, role, run, state } from './support/inputs.ts';

const entry = (key: string, module = 'module.eks'): string => `${module}.aws_eks_access_entry.this["${key}"]`;
const association = (key: string): string => `module.eks.aws_eks_access_policy_association.this["${key}"]`;
const ops = role('ops');
const dev = role('dev');
const both = live({ arn: ops, policies: ['ClusterAdmin'] }, { arn: dev, policies: ['ClusterAdmin'] });
const source = cluster(`{ ops = ${admin(ops)} }`, { required: '>= 1.3.2' });
const stateOf = (key: string): string =>
  state({ [entry(key)]: [ops], [association(`${key}_admin`)]: [ops, 'ClusterAdmin'] });

const tried = async (text: string, ...existing: readonly string[]): Promise<readonly [string[], string[]]> => {
  const result = await run(text, existing.join('\n'));
  return [blocksOf(result), codesOf(result)];
};

test('an entry under another key moves, with its associations', async () => {
  const moves = [
    `${entry('platform')} -> ${entry('ops')}`,
    `${association('platform_admin')} -> ${association('ops_admin')}`,
  ];
  expect(await tried(source, both, stateOf('platform'))).toEqual([moves, []]);
  const { hcl } = await run(source, `${both}\n${stateOf('platform')}`);
  expect(hcl).toBe(`moved {
  from = ${entry('platform')}
  to   = ${entry('ops')}
}

moved {
  from = ${association('platform_admin')}
  to   = ${association('ops_admin')}
}
`);
});

test('an association under another key moves alone', async () => {
  const known = state({ [entry('ops')]: [ops], [association('ops_cluster_admin')]: [ops, 'ClusterAdmin'] });
  const moves = [`${association('ops_cluster_admin')} -> ${association('ops_admin')}`];
  expect(await tried(source, both, known)).toEqual([moves, []]);
});

test('an entry in its place stays, and one that is not live is nothing to move', async () => {
  expect(await tried(source, both, stateOf('ops'))).toEqual([[], ['TAE431']]);
  expect(await tried(source, live({ arn: dev }), stateOf('platform'))).toEqual([[], ['TAE431']]);
});

test('a standalone resource whose block is gone moves into the module, and back', async () => {
  const standalone = `resource "aws_eks_access_entry" "ops" {\n  cluster_name  = "demo"\n  principal_arn = "${ops}"\n}\n`;
  const inRoot = state({ 'aws_eks_access_entry.ops': [ops] });
  expect((await tried(source, live({ arn: ops }), inRoot))[0]).toEqual([`aws_eks_access_entry.ops -> ${entry('ops')}`]);
  const inModule = `${cluster('{}')}\n${standalone}`;
  expect((await tried(inModule, live({ arn: ops }), state({ [entry('ops')]: [ops] })))[0]).toEqual([
    `${entry('ops')} -> aws_eks_access_entry.ops`,
  ]);
});

test('what the state has for another cluster is not moved, and its address is not taken', async () => {
  const ofOther = (address: string): string => state({ [address]: [ops] }).replaceAll('"demo"', '"other"');
  const text = cluster(`{ ops = ${admin(ops)} }`);
  const two = `${both}\n${live({ arn: ops, cluster: 'other' })}`;
  const [blocks, codes] = await tried(text, two, ofOther(entry('ops', 'module.other')));
  expect([blocks, codes]).toEqual([
    [`${entry('ops')} <- demo:${ops}`, `${association('ops_admin')} <- demo#${ops}#${policy('ClusterAdmin')}`],
    [],
  ]);
  expect((await tried(text, two, ofOther(entry('ops'))))[1]).toEqual(['TAE227']);
});

test('a resource that gained count moves by itself', async () => {
  const counted = `resource "aws_eks_access_entry" "ops" {\n  count         = 1\n  cluster_name  = "demo"\n  principal_arn = "${ops}"\n}\n`;
  expect((await tried(counted, live({ arn: ops }), state({ 'aws_eks_access_entry.ops': [ops] })))[0]).toEqual([]);
});

test('entries that follow each other move', async () => {
  const text = cluster(`{ b = { principal_arn = "${ops}" }, c = { principal_arn = "${dev}" } }`);
  const known = state({ [entry('a')]: [ops], [entry('b')]: [dev] });
  // Terraform refuses to move from b, which is declared: `c` would have to be there first.
  expect((await tried(text, both, known))[1]).toEqual(['TAE227', 'TAE227']);
});

describe('a move that Terraform would refuse', () => {
  test.each([
    [
      'the key is declared for another',
      `{ ops = ${admin(ops)}, platform = ${admin(role('new'))} }`,
      stateOf('platform'),
    ],
    ['the map is not known in full', `merge(var.more, { ops = ${admin(ops)} })`, stateOf('platform')],
    ['another principal is there', `{ ops = ${admin(ops)} }`, state({ [entry('ops')]: [dev] })],
    [
      'a node group has it',
      `{ ops = ${admin(ops)} }`,
      state({ 'module.eks.module.self_managed_node_group["a"].aws_eks_access_entry.this[0]': [ops] }),
    ],
  ])('%s', async (_name, entries, known) => {
    expect(await tried(cluster(entries), both, known)).toEqual([[], ['TAE227']]);
  });
});

test('an association of which the source does not tell the policy is declared all the same', async () => {
  const untold = admin(dev).replace(/policy_arn {3}= ".*"/, 'policy_arn   = var.policy');
  const known = state({ [entry('ops')]: [ops], [association('dev_admin')]: [ops, 'ClusterAdmin'] });
  expect(await tried(cluster(`{ ops = ${admin(ops)}, dev = ${untold} }`), both, known)).toEqual([[], ['TAE227']]);
});

test('the entry of the creator moves once the flag is off, not while it is on', async () => {
  const known = state({ [entry('cluster_creator')]: [ops] });
  expect((await tried(source, live({ arn: ops }), known))[0]).toEqual([
    `${entry('cluster_creator')} -> ${entry('ops')}`,
  ]);
  const more = '  enable_cluster_creator_admin_permissions = true\n';
  const flagged = cluster(`{ ops = ${admin(ops)} }`, { more });
  expect(await tried(flagged, live({ arn: ops }), known)).toEqual([[], ['TAE227']]);
});

test('a call that is gone can be moved from', async () => {
  const [blocks] = await tried(source, live({ arn: ops }), state({ [entry('ops', 'module.old')]: [ops] }));
  expect(blocks).toEqual([`${entry('ops', 'module.old')} -> ${entry('ops')}`]);
});

test('what moves by a block of the source is not moved again', async () => {
  const written = `${source}\nmoved {\n  from = module.old\n  to   = module.eks\n}\n`;
  expect((await tried(written, live({ arn: ops }), state({ [entry('ops', 'module.old')]: [ops] })))[0]).toEqual([]);
});

test('a state alone says so: what EKS made is not in it', async () => {
  const [blocks, codes] = await tried(source, stateOf('platform'));
  expect([blocks.length, codes]).toEqual([2, ['TAE435']]);
});

test('imports without a state say so', async () => {
  expect((await tried(cluster(`{ ops = ${admin(ops)} }`), both))[1]).toEqual(['TAE435']);
});

test('imports that are written already are not written again', async () => {
  const text = cluster(`{ ops = ${admin(ops)}, dev = ${admin(dev)} }`);
  const { hcl } = await run(text, `${both}\n${state({})}`);
  const result = await run({ 'main.tf': text, 'imports.tf': hcl }, `${both}\n${state({})}`);
  expect([result.hcl, codesOf(result)]).toEqual(['', ['TAE431']]);
});
