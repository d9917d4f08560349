import { afterAll, describe, expect, test } from '@jest/globals';
import { convert } from '../../../lib/convert.ts';
import { verifyPlan } from '../../../lib/verifier/plan/verify-plan.ts';
import { runtime } from '../../support/fixture.ts';
import { enginesInTurn, openBench } from './bench.ts';
import type { Case, Files } from './cases.ts';
import type { Plan } from './plan.ts';
import { say } from './report.ts';
import { breakGlass, seedFiles, seedWorld } from './seed.ts';
import { labelOf, type Engine } from './tools.ts';
import * as workspaces from './workspace.ts';

/*
 * Rows that only a plan knows, in a root module that goes on changing once they are converted: groups of nodes come and go, and
 * the plan must go through each time.
 */

const bench = await openBench();
afterAll(() => bench.close());
const engines = enginesInTurn(bench.engines).map(engine => [labelOf(engine), engine] as const);

const arn = (name: string): string => `arn:aws:iam::111122223333:role/${name}`;
const ssoPath = '/aws-reserved/sso.amazonaws.com/eu-west-1/';
const ssoRole = 'AWSReservedSSO_Ops_0123456789abcdef';

/** The name of a node role waits for the cluster; one group is off, another has a role of its own. */
const main = (groups: string): string => `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.37.2"

  cluster_name = "orders"

  eks_managed_node_groups = {
    main = { iam_role_name = aws_iam_role.named.name }
    off  = { create = false }
${groups}  }
  self_managed_node_groups = {
    own = { create_iam_instance_profile = false, iam_role_arn = "${arn('own-nodes')}" }
  }
}

resource "aws_iam_role" "named" {
  name               = "\${module.eks.cluster_name}-n"
  assume_role_policy = "{}"
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "~> 20.0"

  manage_aws_auth_configmap = true

  aws_auth_roles = concat(var.map_roles, [for role in var.node_roles : {
    rolearn     = role
    username    = "system:node:{{EC2PrivateDNSName}}"
    groups      = ["system:bootstrappers", "system:nodes"]
    description = "Nodes"
  }])
  aws_auth_users = var.map_users
}

variable "map_roles" {
  type = any
}

variable "map_users" {
  type = any
}

variable "node_roles" {
  type = list(string)
}
`;

const rows = {
  map_roles: [
    { rolearn: arn('admin'), username: 'admin', groups: ['system:masters'], description: 'Who may do all' },
    { rolearn: null, username: 'nobody', groups: ['viewers'], description: null },
    { rolearn: arn(ssoRole), username: 'ops:{{SessionName}}', groups: ['ops'], description: 'On call' },
  ],
  map_users: [{ userarn: 'arn:aws:iam::111122223333:user/ana', username: 'ana', groups: ['viewers'] }],
  node_roles: [arn('own-nodes')],
};

const caseOf = (variables: Record<string, unknown>): Case => ({
  name: 'plan-time',
  input: new Map([['main.tf', main('')]]),
  phases: [],
  rows: [],
  config: {},
  snapshot: [],
  variables,
});

/** The text of main.tf after phase 2, and the module beside it. */
const converted = async (text: string, more: { ssoRegion?: string } = {}): Promise<Files> => {
  const { revisions } = await convert(new Map([['main.tf', text]]), { ...more, runtime: await runtime() });
  const phase = revisions.find(one => one.phase === 'add-access-entries');
  if (!phase) throw new Error('no phase 2');
  return phase.files;
};

/** A workspace in which the source is applied and phase 2 is written. */
const inPhaseTwo = async <T>(
  on: Engine,
  variables: Record<string, unknown>,
  look: (workspace: workspaces.Workspace) => Promise<T>,
): Promise<T> => {
  const workspace = workspaces.createWorkspace(bench.on(on));
  try {
    const one = caseOf(variables);
    workspaces.writeFiles(workspace, seedFiles(one));
    const roles = [arn('admin'), arn(`own-nodes`), arn(`edge`), `arn:aws:iam::111122223333:role${ssoPath}${ssoRole}`];
    workspaces.writeWorld(workspace, {
      ...seedWorld(one),
      principals: [...roles, breakGlass, 'arn:aws:iam::111122223333:user/ana'],
    });
    await workspaces.must(workspace, 'init', '-no-color');
    await workspaces.must(workspace, 'apply', '-auto-approve', '-no-color');
    const files = await converted(main(''));
    const first = new Map([['main.tf', (files.get('main.tf') ?? '').replace(/\n {2}access_entries = .*\n/, '\n')]]);
    const enabled = [...first].map(([path, text]) => [path, text.replace(/^module "aws_auth_entries".*?^\}\n/ms, '')]);
    workspaces.writeFiles(workspace, new Map(enabled as [string, string][]));
    await workspaces.must(workspace, 'apply', '-auto-approve', '-no-color');
    workspaces.writeFiles(workspace, files);
    await workspaces.must(workspace, 'init', '-no-color');
    return await look(workspace);
  } finally {
    workspaces.removeWorkspace(workspace);
  }
};

/** A module that looks roles up, and a call of it that waits for something else. */
const wrapped = (input: string, path: string, roles: readonly unknown[]): Files =>
  new Map([
    [
      'main.tf',
      `resource "terraform_data" "other" {
  input = "${input}"
}

module "wrapper" {
  source     = "./wrapper"
  depends_on = [terraform_data.other]
}
`,
    ],
    [
      'wrapper/main.tf',
      `resource "aws_eks_cluster" "this" {
  name     = "orders"
  role_arn = "${arn('cluster')}"

  access_config {
    authentication_mode = "API"
  }
  vpc_config {
    subnet_ids = []
  }
}

module "aws_auth_entries" {
  source   = "./aws-auth-entries"
  roles    = ${JSON.stringify(roles).replaceAll('":', '"=')}
  sso_path = ${path}
}

resource "aws_eks_access_entry" "aws_auth" {
  for_each      = module.aws_auth_entries.access_entries
  cluster_name  = aws_eks_cluster.this.name
  principal_arn = each.value.principal_arn
}
`,
    ],
  ]);

/** The principals of the entries that a plan makes, and what else it touches of them. */
const entriesIn = (plan: Plan): string[] =>
  (plan.resource_changes ?? [])
    .filter(({ type, change }) => type === 'aws_eks_access_entry' && !change.actions.includes('no-op'))
    .map(({ change }) => {
      const { principal_arn: principal } = (change.after ?? change.before) as { principal_arn: string };
      return `${change.actions.join('/')} ${principal}`;
    })
    .toSorted();

describe.each(engines)('on %s', (_name, on) => {
  test('nulls, an unknown key of a row, rows of nodes, roles of Identity Center without a region, a group that is new', async () => {
    await inPhaseTwo(on, rows, async workspace => {
      const plan = await workspaces.plan(workspace);
      // By the rules for aws-auth: the row without an ARN grants nothing, EKS or the module makes the entries of nodes.
      expect(entriesIn(plan)).toEqual([
        `create ${arn('admin')}`,
        `create arn:aws:iam::111122223333:role${ssoPath}${ssoRole}`,
        'create arn:aws:iam::111122223333:user/ana',
      ]);
      expect((await workspaces.apply(workspace)).code).toBe(0);

      // A group of nodes whose role the same apply makes.
      const grown = await converted(main('    more = {}\n'));
      workspaces.writeFiles(workspace, grown);
      const later = await workspaces.plan(workspace);
      expect(entriesIn(later)).toEqual([]);
      expect((await workspaces.apply(workspace)).code).toBe(0);
      say(`plan-time  ${labelOf(on)}  3 entries, and a group that is new`);
    });
  }, 300_000);

  test('a node role that is nobody’s is named, with what settles it, and an entry of its type settles it', async () => {
    await inPhaseTwo(on, { ...rows, node_roles: [arn('own-nodes'), arn('edge')] }, async workspace => {
      const { code, stderr } = await workspaces.engine(workspace, 'plan', '-no-color');
      const said = stderr.replaceAll(/[\s│]+/g, ' ');
      expect([code, said]).toEqual([1, expect.stringContaining(arn('edge'))]);
      expect(said).toContain('node_types');
      expect(said).toContain('Leave the rows where they are');
      const files = await converted(main(''));
      const text = (files.get('main.tf') ?? '').replace(
        /^ {2}source = "\.\/aws-auth-entries"$/m,
        `$&\n\n  node_types = { "${arn('edge')}" = "EC2_LINUX" }`,
      );
      workspaces.writeFiles(workspace, new Map([['main.tf', text]]));
      expect(entriesIn(await workspaces.plan(workspace))).toContain(`create ${arn('edge')}`);
    });
  }, 300_000);

  test('a row of people with the role of a node group is named, with the reason and what settles it', async () => {
    const ofGroup = { ...rows, map_roles: [{ ...rows.map_roles[0], rolearn: arn('own-nodes') }], node_roles: [] };
    await inPhaseTwo(on, ofGroup, async workspace => {
      const { code, stderr } = await workspaces.engine(workspace, 'plan', '-no-color');
      const said = stderr.replaceAll(/[\s│]+/g, ' ');
      expect([code, said]).toEqual([1, expect.stringContaining(`node groups: ${arn('own-nodes')}`)]);
      expect(said).toContain('409 ResourceInUseException. Give these rights to another role');
    });
  }, 300_000);

  test('a principal that also has an entry that is written out is named', async () => {
    await inPhaseTwo(on, rows, async workspace => {
      const text = (await converted(main(''))).get('main.tf') ?? '';
      const twice = text.replace(
        /^ {2}access_entries = (.*)$/m,
        `  access_entries = merge({ own = { principal_arn = "${arn('admin')}" } }, $1)`,
      );
      workspaces.writeFiles(workspace, new Map([['main.tf', twice]]));
      const { code, stderr } = await workspaces.engine(workspace, 'plan', '-no-color');
      const said = stderr.replaceAll(/[\s│]+/g, ' ');
      expect([code, said]).toEqual([1, expect.stringContaining(`is written out: ${arn('admin')}.`)]);
      expect(said).not.toContain(arn(ssoRole));
    });
  }, 300_000);

  test('a role of Identity Center that IAM does not have is named, with what settles it', async () => {
    const unknown = {
      ...rows,
      map_roles: [{ ...rows.map_roles[2], rolearn: arn('AWSReservedSSO_Gone_fedcba9876543210') }],
    };
    await inPhaseTwo(on, unknown, async workspace => {
      const { code, stderr } = await workspaces.engine(workspace, 'plan', '-no-color');
      const said = stderr.replaceAll(/[\s│]+/g, ' ');
      expect([code, said]).toEqual([1, expect.stringContaining('AWSReservedSSO_Gone_fedcba9876543210')]);
      expect(said).toContain('sso_path');
    });
  }, 300_000);

  test('in a module with depends_on, looked up roles are replaced by a later plan, which is refused; with a path they are not', async () => {
    const workspace = workspaces.createWorkspace(bench.on(on));
    try {
      const [, , sso] = rows.map_roles;
      const tree = new Map([...(await converted(main('')))].filter(([path]) => path.startsWith('aws-auth-entries/')));
      workspaces.writeFiles(workspace, new Map([...tree].map(([path, text]) => [`wrapper/${path}`, text])));
      const write = (input: string, path: string): void =>
        workspaces.writeFiles(workspace, wrapped(input, path, [sso]));
      workspaces.writeWorld(workspace, { principals: [`arn:aws:iam::111122223333:role${ssoPath}${ssoRole}`] });
      write('first', 'null');
      await workspaces.must(workspace, 'init', '-no-color');
      await workspaces.must(workspace, 'apply', '-auto-approve', '-no-color');
      write('second', 'null');
      const plan = await workspaces.plan(workspace);
      const { fits, diagnostics } = await verifyPlan(JSON.stringify(plan), { phase: 'clean-up' });
      expect([fits, diagnostics.find(({ code }) => code === 'TAE504')?.hint]).toEqual([
        false,
        expect.stringContaining('sso_path'),
      ]);
      write('second', JSON.stringify(ssoPath));
      expect(entriesIn(await workspaces.plan(workspace))).toEqual([]);
    } finally {
      workspaces.removeWorkspace(workspace);
    }
  }, 300_000);
});
