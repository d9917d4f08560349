import { afterAll, describe, expect, test } from '@jest/globals';
import { convert } from '../../../lib/convert.ts';
import { runtime } from '../../support/fixture.ts';
import { phasesIn, sectionOf } from '../../support/runbook.ts';
import { enginesInTurn, openBench } from './bench.ts';
import { problemOf } from './command.ts';
import { say } from './report.ts';
import { defaultEngines, labelOf } from './tools.ts';
import { inConfigMapMode } from './worlds.ts';
import * as workspaces from './workspace.ts';

/*
 * A provider that is configured from data which Terraform reads in the apply: the plan of a phase fails where the runbook leaves the
 * refresh out, goes through as the runbook has it, and the apply does as well. Where the runbook has no flag, a plan needs none.
 * https://developer.hashicorp.com/terraform/language/data-sources
 */

const bench = await openBench();
afterAll(() => bench.close());

const role = (name: string): string => `arn:aws:iam::111122223333:role/${name}`;
const rows = `[{ rolearn = "${role('ops')}", username = "ops", groups = ["system:masters"] }]`;

const called = `module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "20.24.3"

  cluster_name        = "demo"
  authentication_mode = "CONFIG_MAP"
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "20.24.3"

  manage_aws_auth_configmap = true
  aws_auth_roles            = ${rows}
}
`;

const raw = `resource "aws_eks_cluster" "this" {
  name     = "demo"
  role_arn = "${role('cluster')}"

  vpc_config {
    subnet_ids = ["subnet-1"]
  }
}

resource "kubernetes_config_map" "aws_auth" {
  metadata {
    name      = "aws-auth"
    namespace = "kube-system"
  }

  data = {
    mapRoles = yamlencode(${rows})
  }
}
`;

/** Phase 0 moves it to version 20, which changes a tag of the cluster. */
const inline = `terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

module "eks" {
  source  = "terraform-aws-modules/eks/aws"
  version = "19.21.0"

  cluster_name              = "demo"
  manage_aws_auth_configmap = true
  aws_auth_roles            = ${rows}
}

provider "kubernetes" {
  host = module.eks.cluster_endpoint
}
`;

/** The same, by a provider of its own: the one of aws-auth cannot wait for the module that has it. */
const readsApart = (text: string): string =>
  text
    .replace('provider "kubernetes" {', 'provider "kubernetes" {\n  alias = "apart"')
    .replace(
      'resource "kubernetes_config_map" "other" {',
      'resource "kubernetes_config_map" "other" {\n  provider = kubernetes.apart',
    );

const reads = (name: string, more = ''): string => `
data "aws_eks_cluster" "this" {
  name = ${name}
  ${more}
}

provider "kubernetes" {
  host = data.aws_eks_cluster.this.endpoint
}

# What it manages beside aws-auth, which is gone in phase 4.
resource "kubernetes_config_map" "other" {
  metadata {
    name      = "other"
    namespace = "default"
  }

  data = { a = "b" }
}
`;

const forms = [
  ['depends_on', 'module.eks', called + reads('"demo"', 'depends_on = [module.eks]')],
  ['an output', 'module.eks', called + reads('module.eks.cluster_name')],
  ['depends_on, from version 19', 'module.eks', inline + readsApart(reads('"demo"', 'depends_on = [module.eks]'))],
  ['the resource', 'aws_eks_cluster.this', raw + reads('aws_eks_cluster.this.name')],
] as const;

/** The phases whose plan is to leave the refresh out. */
const flaggedIn = (runbook: string): readonly string[] =>
  phasesIn(runbook).flatMap(([number, id]) =>
    /^terraform plan -refresh=false -out=/m.test(sectionOf(runbook, number)) ? [id] : [],
  );

const runs = enginesInTurn(defaultEngines(bench.engines)).flatMap(engine =>
  forms.map(([by, first, text]) => [`${by} on ${labelOf(engine)}`, engine, first, text] as const),
);

describe('a provider whose data waits for the apply', () => {
  test.each(runs)(
    'by %s',
    async (label, engine, first, text) => {
      const { revisions, runbook } = await convert(new Map([['main.tf', text]]), {
        runtime: await runtime(),
        emit: first === 'module.eks' ? 'module' : 'resources',
      });
      const flagged = flaggedIn(runbook);
      const workspace = workspaces.createWorkspace(bench.on(engine));
      const must = (...args: readonly string[]): Promise<unknown> => workspaces.must(workspace, ...args, '-no-color');
      const failed: string[] = [];
      try {
        // The module makes no cluster in CONFIG_MAP; one from before had the mode.
        workspaces.writeFiles(workspace, new Map([['main.tf', text.replace('"CONFIG_MAP"', '"API_AND_CONFIG_MAP"')]]));
        workspaces.writeWorld(workspace, {
          runner: role('ci'),
          principals: [role('ops'), role('ci'), role('cluster')],
          configMaps: first === 'module.eks' ? { 'kube-system/aws-auth': { data: {} } } : {},
        });
        await must('init');
        await must('apply', '-auto-approve', `-target=${first}`);
        await must('apply', '-auto-approve');
        workspaces.writeFiles(workspace, new Map([['main.tf', text]]));
        const world = inConfigMapMode(workspaces.readWorld(workspace));
        workspaces.writeWorld(workspace, { ...world, options: { enforceKubernetesHost: true } });
        await must('apply', '-auto-approve');
        for (const { phase, files } of revisions) {
          workspaces.writeFiles(workspace, files);
          await must('init', '-upgrade');
          const plain = await workspaces.engine(workspace, 'plan', '-no-color');
          if (plain.code !== 0) failed.push(phase);
          if (plain.code !== 0) say(`${label}: ${phase}: ${problemOf(plain).slice(0, 120)}`);
          await workspaces.plan(workspace, ...(flagged.includes(phase) ? ['-refresh=false'] : []));
          const applied = await workspaces.apply(workspace);
          expect(applied.code === 0 ? '' : `${phase}: ${problemOf(applied)}`).toBe('');
        }
        expect(failed).toEqual(flagged);
        expect(workspaces.readWorld(workspace).clusters?.['demo']?.mode).toBe('API');
        say(`${label}: ${failed.length} of ${revisions.length} phases are planned without a refresh`);
      } finally {
        workspaces.removeWorkspace(workspace);
      }
    },
    600_000,
  );
});
