import { expect, test } from '@jest/globals';
import { nodeOwnerOf, entriesOfClusterNamed } from '../../lib/parser/index.ts';
import { readSource } from '../../lib/parser/source.ts';
import { readRootModule, type RootModule } from '../../lib/terraform/index.ts';
import { callsIn } from '../support/calls.ts';
import { runtime } from '../support/fixture.ts';

const moduleOf = async (text: string): Promise<RootModule> =>
  readRootModule(new Map([['main.tf', text]]), await runtime());

const arn = (index: number): string => `arn:aws:iam::111122223333:role/r${index}`;

const resources = (count: number): string =>
  Array.from(
    { length: count },
    (_, index) => `resource "aws_eks_access_entry" "r${index}" {
  cluster_name  = "orders"
  principal_arn = "${arn(index)}"
}

resource "aws_eks_access_policy_association" "r${index}" {
  cluster_name  = "orders"
  principal_arn = "${arn(index)}"
  policy_arn    = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy"

  access_scope {
    type = "cluster"
  }
}
`,
  ).join('\n');

/** Counts how often a property of an object is read. */
const counted = <T extends object>(target: T, count: () => void): T =>
  new Proxy(target, {
    get: (object, name, receiver): unknown => {
      count();
      return Reflect.get(object, name, receiver);
    },
  });

/** How often principals are compared, or made comparable, for so many entries, each with one association. */
const comparisons = async (count: number): Promise<number> => {
  const module = await moduleOf(resources(count));
  const { result, calls } = await callsIn('lib/eks/', () => entriesOfClusterNamed(module, 'orders').entries);
  const found = result.map(({ associations }) => associations.kind === 'known' && associations.value.length);
  expect(found).toEqual(result.map(() => 1));
  return calls('samePrincipal') + calls('keyOfPrincipal');
};

test('an entry is not compared with the associations of others', async () => {
  const fewer = await comparisons(100);
  expect(fewer).toBeGreaterThan(100);
  expect(await comparisons(200)).toBeLessThan(fewer * 3);
});

test('an entry whose principal a plan knows may have any association', async () => {
  const module = await moduleOf(
    `${resources(2)}\nresource "aws_eks_access_entry" "open" {\n  cluster_name  = "orders"\n  principal_arn = var.arn\n}\n` +
      `resource "aws_eks_access_policy_association" "other" {\n  cluster_name  = "orders"\n  principal_arn = "${arn(9)}"\n` +
      `  policy_arn    = "x"\n  access_scope {\n    type = "cluster"\n  }\n}\n`,
  );
  const { entries } = entriesOfClusterNamed(module, 'orders');
  expect(entries.map(({ key, associations }) => [key, associations.kind])).toEqual([
    ['r0', 'known'],
    ['r1', 'known'],
    ['open', 'unreadable'],
  ]);
});

test('the node groups of a cluster are read once, however many rows ask whose they are', async () => {
  const module = await moduleOf(
    'module "eks" {\n  source       = "terraform-aws-modules/eks/aws"\n  version      = "20.37.2"\n  cluster_name = "orders"\n}\n' +
      resources(1),
  );
  let read = 0;
  const watched = counted(module, () => void read++);
  const [cluster] = readSource(module, undefined, {}).clusters;
  const principal = entriesOfClusterNamed(module, 'orders').entries[0]?.principal;
  if (!cluster || !principal) throw new Error('no cluster, or no principal');
  nodeOwnerOf(watched, cluster, principal, new Map());
  const first = read;
  nodeOwnerOf(watched, cluster, principal, new Map());
  expect(read - first).toBeLessThan(first / 2);
});
