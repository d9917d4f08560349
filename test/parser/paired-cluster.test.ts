import { expect, test } from '@jest/globals';
import { convert } from '../../lib/convert.ts';
import { runtime } from '../support/fixture.ts';

const eks = (name: string, more: string): string => `module "${name}" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.37.2"

  cluster_name        = "${name}"
  authentication_mode = "API_AND_CONFIG_MAP"
${more}
}
`;

/** The cluster to which the aws-auth call belongs, by the mode that is written. */
const changedBy = async (blue: string, host: string): Promise<readonly string[] | undefined> => {
  const text = `${eks('blue', blue)}${eks('green', '')}
module "aws_auth" {
  source    = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version   = "20.37.2"
  providers = { kubernetes = kubernetes.one }

  aws_auth_roles = [
    {
      rolearn  = "arn:aws:iam::111122223333:role/ops"
      username = "ops"
      groups   = ["ops"]
    },
  ]
}

provider "kubernetes" {
  alias = "one"
  host  = ${host}
}

data "aws_eks_cluster" "one" {
  name = module.blue.cluster_name
}
`;
  const { report } = await convert(new Map([['main.tf', text]]), { runtime: await runtime() });
  return report.phases.find(({ id }) => id === 'api-only')?.changes;
};

const ofBlue = ['module.blue: authentication_mode = "API"'];

// The host of the provider is that of one cluster, whatever that cluster is given of another.
test.each([
  ['the cluster', 'module.blue.cluster_endpoint'],
  ['a data source of it', 'data.aws_eks_cluster.one.endpoint'],
])('a cluster that reads another one keeps its aws-auth, by %s', async (_way, host) => {
  expect(await changedBy('', host)).toEqual(ofBlue);
  expect(
    await changedBy('  cluster_additional_security_group_ids = [module.green.node_security_group_id]', host),
  ).toEqual(ofBlue);
});

const beside = (host: string): string => `${eks('blue', '')}
resource "aws_eks_cluster" "green" {
  name     = "green"
  role_arn = "arn:aws:iam::111122223333:role/cluster"

  vpc_config {
    subnet_ids = ["subnet-0123456789abcdef0"]
  }
}

provider "kubernetes" {
  host = ${host}
}

resource "kubernetes_config_map_v1_data" "aws_auth" {
  metadata {
    name      = "aws-auth"
    namespace = "kube-system"
  }

  data = {
    mapRoles = yamlencode([
      { rolearn = "arn:aws:iam::111122223333:role/dev", username = "dev", groups = ["dev"] },
    ])
  }
}
`;

const ofGreen = ['aws_eks_cluster.green: authentication_mode = "API"'];

test.each([
  ['its provider says so', 'aws_eks_cluster.green.endpoint', {}, ofGreen],
  ['the config says so', 'var.host', { 'kubernetes_config_map_v1_data.aws_auth': 'aws_eks_cluster.green' }, ofGreen],
  ['nobody says so', 'var.host', {}, ofBlue],
  ['its provider has a host of the call', 'module.blue.cluster_endpoint', {}, ofBlue],
])('beside a call a resource is the cluster where %s', async (_case, host, pair, changed) => {
  const { report, revisions } = await convert(new Map([['main.tf', beside(host)]]), {
    runtime: await runtime(),
    config: { pair },
  });
  expect(report.phases.find(({ id }) => id === 'api-only')?.changes).toEqual(changed);
  const [text = ''] = revisions.find(({ phase }) => phase === 'add-access-entries')?.files.values() ?? [];
  expect(text.includes('cluster_name      = aws_eks_cluster.green.name')).toBe(changed === ofGreen);
});

const byName = (name: string): string => `${eks('blue', '')}
data "aws_eks_cluster" "one" {
  name = ${name}
}

locals {
  orders = "orders"
  host   = data.aws_eks_cluster.one.endpoint
}

variable "name" {
  type    = string
  default = "orders"
}

provider "kubernetes" {
  host = local.host
}

resource "kubernetes_config_map_v1_data" "aws_auth" {
  metadata {
    name      = "aws-auth"
    namespace = "kube-system"
  }

  data = {
    mapRoles = yamlencode([
      { rolearn = "arn:aws:iam::111122223333:role/dev", username = "dev", groups = ["dev"] },
    ])
  }
}
`;

const addsEntry = async (text: string, pair = {}): Promise<readonly [boolean, readonly string[]]> => {
  const { revisions, diagnostics } = await convert(new Map([['main.tf', text]]), {
    runtime: await runtime(),
    config: { pair },
  });
  const [added = ''] = revisions.find(({ phase }) => phase === 'add-access-entries')?.files.values() ?? [];
  return [added.includes('principal_arn'), diagnostics.filter(one => one.code === 'TAE204').map(one => one.message)];
};

// The rows are in force in the cluster that the provider talks to, and people of that one would be let into the other.
test.each([['"orders"'], ['local.orders']])(
  'the rows of the cluster that a data source names do not go to another one, the only one here: %s',
  async name => {
    const [isAdded, [message, ...more]] = await addsEntry(byName(name));
    expect([isAdded, more]).toEqual([false, []]);
    expect(message).toContain('data.aws_eks_cluster.one');
    expect(message).toContain('orders');
    const decided = { 'kubernetes_config_map_v1_data.aws_auth': 'module.blue' };
    expect(await addsEntry(byName(name), decided)).toEqual([true, []]);
  },
);

test.each([['"blue"'], ['module.blue.cluster_name'], ['var.name']])(
  'a data source of the cluster, or of one that only a plan knows, changes nothing: %s',
  async name => {
    expect(await addsEntry(byName(name))).toEqual([true, []]);
  },
);

test('of several clusters a data source tells by its name', async () => {
  const { report } = await convert(new Map([['main.tf', eks('green', '') + byName('"green"')]]), {
    runtime: await runtime(),
  });
  expect(report.phases.find(({ id }) => id === 'api-only')?.changes).toEqual([
    'module.green: authentication_mode = "API"',
  ]);
});

// A wrong guess lets people into the wrong cluster. What may assume a role says nothing of where it is let in.
test.each([
  ['the trust policy of a role', 'aws_iam_role.ops.arn', ['TAE204']],
  ['the role of a node group', 'module.blue.eks_managed_node_groups["a"].iam_role_arn', []],
])('by %s alone no cluster is told, but by what a cluster makes', async (_, rolearn, expected) => {
  const text = `${eks('blue', '')}${eks('green', '')}
module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "20.37.2"

  aws_auth_roles = [
    {
      rolearn  = ${rolearn}
      username = "ops"
      groups   = ["ops"]
    },
  ]
}

resource "aws_iam_role" "ops" {
  name               = "ops"
  assume_role_policy = jsonencode({ cluster = module.green.cluster_name })
}
`;
  const { diagnostics } = await convert(new Map([['main.tf', text]]), { runtime: await runtime() });
  expect(diagnostics.map(({ code }) => code).filter(code => code === 'TAE204')).toEqual(expected);
});
