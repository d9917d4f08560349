import { expect, jest, test } from '@jest/globals';
import * as eks from '../../lib/eks/index.ts';
import type { RootModule } from '../../lib/terraform/index.ts';

let compared = 0;
const counting = Object.entries(eks).map(([name, member]) => [
  name,
  name === 'samePrincipal' || name === 'keyOfPrincipal'
    ? (...args: readonly never[]): unknown => {
        compared++;
        return (member as (...given: readonly never[]) => unknown)(...args);
      }
    : member,
]);
jest.unstable_mockModule('../../lib/eks/index.ts', () => Object.fromEntries(counting) as object);

const { nodeOwnerOf, entriesOfClusterNamed } = await import('../../lib/parser/index.ts');
const { readSource } = await import('../../lib/parser/source.ts');
const { readRootModule } = await import('../../lib/terraform/index.ts');
const { runtime } = await import('../support/fixture.ts');

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

/** The comparisons that are made for so many entries, each with one association. */
const comparisons = async (count: number): Promise<number> => {
  const module = await moduleOf(resources(count));
  compared = 0;
  const { entries } = entriesOfClusterNamed(module, 'orders');
  const found = entries.map(({ associations }) => associations.kind === 'known' && associations.value.length);
  expect(found).toEqual(entries.map(() => 1));
  return compared;
};

test('an entry is not compared with the associations of others', async () => {
  expect(await comparisons(200)).toBeLessThan((await comparisons(100)) * 3);
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
