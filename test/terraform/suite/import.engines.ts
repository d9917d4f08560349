import { afterAll, describe, expect, test } from '@jest/globals';
import { importBlocks, type ImportBlocksResult } from '../../../lib/import-blocks.ts';
import { readSnapshot } from '../../../lib/parser/entries/read-snapshot.ts';
import { verifyPlan } from '../../../lib/verifier/plan/verify-plan.ts';
import { runtime } from '../../support/fixture.ts';
import type { Entry } from '../oracle/world.ts';
import { openBench } from './bench.ts';
import { problemOf } from './command.ts';
import { changesOf, type Plan } from './plan.ts';
import { say } from './report.ts';
import { labelOf, type Engine } from './tools.ts';
import {
  apply,
  engine as engineAnswer,
  createWorkspace,
  must,
  plan,
  readWorld,
  removeWorkspace,
  writeFiles,
  writeWorld,
  type Workspace,
} from './workspace.ts';

/*
 * Entries that EKS and people made are adopted: the plan imports each and creates none, and the next plan is empty.
 * https://github.com/terraform-aws-modules/terraform-aws-eks/issues/2933
 */

const bench = await openBench();
afterAll(() => bench.close());

const role = (name: string): string => `arn:aws:iam::111122223333:role/${name}`;
const policyArn = (name: string): string => `arn:aws:eks::aws:cluster-access-policy/AmazonEKS${name}Policy`;

const source = (entries: string, required = ''): string => `${required}
provider "aws" {
  region = "eu-west-1"
}

module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name        = "demo"
  authentication_mode = "API_AND_CONFIG_MAP"

  enable_cluster_creator_admin_permissions = ${entries === '' ? 'false' : 'true'}

  access_entries = {
${entries}  }
}

resource "aws_eks_access_entry" "audit" {
  count = ${entries === '' ? 0 : 1}

  cluster_name  = module.eks.cluster_name
  principal_arn = "${role('audit')}"
}

resource "aws_eks_access_policy_association" "audit_view" {
  count = ${entries === '' ? 0 : 1}

  cluster_name  = module.eks.cluster_name
  principal_arn = one(aws_eks_access_entry.audit[*].principal_arn)
  policy_arn    = "${policyArn('View')}"

  access_scope {
    type = "cluster"
  }
}
`;

const item = (key: string, name: string, policyName: string): string => `    ${key} = {
      principal_arn     = "${role(name)}"
      kubernetes_groups = []
      policy_associations = {
        own = {
          policy_arn   = "${policyArn(policyName)}"
          access_scope = { type = "cluster" }
        }
      }
    }
`;

const node = `    node = {
      principal_arn = "${role('team/node')}"
      type          = "EC2_LINUX"
    }
`;

const made = (policyName: string, by: string): Entry => ({
  type: 'STANDARD',
  username: '',
  groups: [],
  by,
  policies: [{ arn: policyArn(policyName), scopeType: 'cluster', namespaces: [] }],
});

const entriesMade: Readonly<Record<string, Entry>> = {
  [role('ops')]: made('Admin', 'hand'),
  [role('dev')]: made('Edit', 'hand'),
  [role('audit')]: made('View', 'hand'),
  [role('ci')]: made('ClusterAdmin', 'eks'),
  [role('team/node')]: { type: 'EC2_LINUX', groups: [], by: 'eks', policies: [] },
};

/** What the AWS CLI prints for the world's entries, and the engine's own state behind it. */
const snapshotOf = async (workspace: Workspace, stateful: boolean): Promise<string> => {
  const documents = Object.entries(readWorld(workspace).clusters?.['demo']?.entries ?? {}).flatMap(
    ([principalArn, { type, username, groups, policies }]) => [
      { accessEntry: { clusterName: 'demo', principalArn, type, username, kubernetesGroups: groups ?? [] } },
      {
        clusterName: 'demo',
        principalArn,
        associatedAccessPolicies: (policies ?? []).map(({ arn, scopeType, namespaces }) => ({
          policyArn: arn,
          accessScope: { type: scopeType, namespaces: namespaces ?? [] },
        })),
      },
    ],
  );
  const { stdout } = stateful ? await must(workspace, 'show', '-json') : { stdout: '' };
  return `${documents.map(document => JSON.stringify(document)).join('\n')}\n${stdout}`;
};

const blocksFor = async (workspace: Workspace, text: string, stateful = true): Promise<ImportBlocksResult> =>
  importBlocks(new Map([['main.tf', text]]), {
    runtime: await runtime(),
    clusterName: 'demo',
    runner: role('ci'),
    snapshot: readSnapshot('entries.json', await snapshotOf(workspace, stateful)),
  });

const applied = async (workspace: Workspace): Promise<void> => {
  const answer = await apply(workspace);
  expect(answer.code === 0 ? '' : problemOf(answer)).toBe('');
};

const actionsOf = (planned: Plan): string[] =>
  changesOf(planned).map(
    ({ address, change }) => `${address}: ${change.importing ? 'import ' : ''}${change.actions.join('/')}`,
  );

const rows = bench.engines.flatMap(engine => {
  const old = engine.version.startsWith('1.6.');
  return [
    [`${labelOf(engine)}, a block each`, engine, 'required_version = ">= 1.6, < 1.14"'],
    ...(old ? [] : [[`${labelOf(engine)}, with for_each`, engine, 'required_version = ">= 1.7"']]),
  ] as [string, Engine, string][];
});

describe('entries that exist', () => {
  test.each(rows.filter(([, { name, version }, required]) => admitted(name, version, required)))(
    'are adopted by %s',
    async (name, engine, required) => {
      const workspace = createWorkspace(bench.on(engine));
      try {
        const before = source('');
        writeFiles(workspace, new Map([['main.tf', before]]));
        writeWorld(workspace, { runner: role('ci'), principals: Object.keys(entriesMade) });
        await must(workspace, 'init', '-no-color');
        await plan(workspace);
        await applied(workspace);
        const world = readWorld(workspace);
        const demo = { ...world.clusters?.['demo'], entries: entriesMade };
        writeWorld(workspace, { ...world, clusters: { demo } });

        const terraform = `terraform {\n  ${required}\n}\n`;
        const items = item('ops', 'ops', 'Admin') + item('dev', 'dev', 'Edit') + node;
        const declared = source(items, terraform);
        const { hcl, imports, diagnostics } = await blocksFor(workspace, declared);
        expect(diagnostics.filter(({ code }) => code !== 'TAE436')).toEqual([]);
        expect(hcl.includes('for_each')).toBe(name.endsWith('for_each'));
        expect(imports).toHaveLength(9);

        // Blocks for what is not declared: TAE434 and TAE436 say so.
        writeFiles(workspace, new Map([['imports.tf', hcl]]));
        const early = await engineAnswer(workspace, 'plan', '-no-color');
        expect([early.code, `${early.stdout}${early.stderr}`]).toEqual([
          1,
          expect.stringMatching(/import target|import to non-existent/),
        ]);
        say(`${name}: ${problemOf(early).slice(0, 160)}`);

        writeFiles(
          workspace,
          new Map([
            ['main.tf', declared],
            ['imports.tf', ''],
          ]),
        );
        const without = await plan(workspace);
        expect(actionsOf(without).filter(action => action.includes('create'))).toHaveLength(9);
        writeFiles(workspace, new Map([['imports.tf', hcl]]));
        const planned = await plan(workspace);
        say(
          `${name}: ${actionsOf(planned).length} changes, ${actionsOf(planned).filter(text => text.includes('import')).length} imports`,
        );
        expect(actionsOf(planned).filter(action => !/: import (no-op|update)$/.test(action))).toEqual([]);
        expect(actionsOf(planned)).toHaveLength(9);
        const verdict = await verifyPlan(JSON.stringify(planned), {
          phase: 'add-access-entries',
          acceptUnverified: true,
        });
        expect(verdict.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
        await applied(workspace);
        expect(actionsOf(await plan(workspace)).filter(action => !action.endsWith('no-op'))).toEqual([]);

        const renamed = source(items.replace('    dev =', '    developers ='), terraform);
        // Without the state the entry is imported under the new key and destroyed under the old one: TAE435.
        const blind = await blocksFor(workspace, renamed, false);
        expect(blind.diagnostics.map(({ code }) => code)).toContain('TAE435');
        writeFiles(
          workspace,
          new Map([
            ['main.tf', renamed],
            ['imports.tf', blind.hcl],
          ]),
        );
        expect(actionsOf(await plan(workspace)).filter(action => action.includes('_entry.this["dev'))).toEqual([
          'module.eks.aws_eks_access_entry.this["dev"]: delete',
          'module.eks.aws_eks_access_entry.this["developers"]: import no-op',
        ]);

        const moved = await blocksFor(workspace, renamed);
        expect(moved.moves).toHaveLength(2);
        writeFiles(
          workspace,
          new Map([
            ['main.tf', renamed],
            ['imports.tf', moved.hcl],
          ]),
        );
        expect(actionsOf(await plan(workspace))).toEqual([]);
      } finally {
        removeWorkspace(workspace);
      }
    },
    300_000,
  );
});

/** OpenTofu holds `required_version` against its own. */
function admitted(name: string, version: string, required: string): boolean {
  if (!required.includes('< 1.14')) return true;
  return name === 'tofu' || Number(version.split('.')[1]) < 14;
}
