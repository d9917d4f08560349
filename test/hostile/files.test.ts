import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { directoryWith } from '../cli/support/directory.ts';
import { runHere } from '../cli/support/host.ts';
import { convert } from '../../lib/convert.ts';
import { testGate, testParser } from '../support/runtime.ts';
import { commandLines, hostileFiles } from './inputs.ts';
import { injectedTags } from './html.ts';
import { codeBlocks, injectedElements } from './markdown.ts';
import { hclString, hostileValues, steering } from './values.ts';

const staging = commandLines.filter(
  ([name, path, ...flags]) =>
    name === 'convert' && path !== 'refused' && !flags.some(flag => ['--write', 'foreign.json'].includes(flag)),
);

describe.each(staging.map(line => [line.map(word => word.replace(/[^\x20-\x7e]/g, '?')).join(' '), line]))(
  '%s',
  (_name, line) => {
    const stage = async (): Promise<string> => {
      const directory = directoryWith(hostileFiles);
      await runHere(directory, [...(line as string[]), '--out', 'out']);
      return join(directory, 'out');
    };

    test('no element of the report comes from a value, and it loads nothing', async () => {
      const page = readFileSync(join(await stage(), 'report.html'), 'utf8');
      expect(injectedTags(page)).toEqual([]);
      expect(page.split('\n').filter(row => steering.test(row))).toEqual([]);
    });

    test('no element of what is written for people comes from a value, and no command runs of one', async () => {
      const out = await stage();
      const pages = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter(path => path.endsWith('.md'));
      expect(pages).toContain('MIGRATION.md');
      for (const page of pages) {
        const text = readFileSync(join(out, page), 'utf8');
        expect([page, injectedElements(text)]).toEqual([page, []]);
        expect([page, text.split('\n').filter(row => steering.test(row))]).toEqual([page, []]);
        for (const block of codeBlocks(text, 'sh')) {
          const empty = directoryWith();
          // No program is there: only what the shell itself does of the text happens.
          spawnSync('/bin/bash', ['-c', block], { cwd: empty, env: { PATH: '/nowhere' } });
          expect([page, block, readdirSync(empty).filter(name => name.includes('INJECTED'))]).toEqual([
            page,
            block,
            [],
          ]);
        }
      }
    });
  },
);

const moduleWith = (name: string, mode: string, group: string): string => `module "eks" {
  source              = "terraform-aws-modules/eks/aws"
  version             = "20.24.3"
  cluster_name        = ${name}
  authentication_mode = ${mode}

  self_managed_node_groups = { ${group} = {} }
}

module "aws_auth" {
  source  = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version = "20.24.3"

  aws_auth_roles = [{
    rolearn  = module.eks.self_managed_node_groups[${group}].iam_role_arn
    username = "system:node:{{EC2PrivateDNSName}}"
    groups   = ["system:bootstrappers", "system:nodes"]
  }]
}
`;

test('the runbook escapes what a call says of its name, its mode and its node groups', async () => {
  const runtime = { parser: await testParser(), gate: await testGate() };
  for (const value of hostileValues.map(hclString)) {
    for (const source of [
      moduleWith('"demo"', '"CONFIG_MAP"', value),
      moduleWith('"demo"', value, '"main"'),
      moduleWith(value, '"CONFIG_MAP"', '"main"'),
    ]) {
      const { runbook } = await convert(new Map([['main.tf', source]]), { runtime, to: 'v21' });
      expect([value, injectedElements(runbook)]).toEqual([value, []]);
    }
  }
});
