import type { World } from '../oracle/world.ts';
import { problemOf } from './command.ts';
import type { Case, Files } from './cases.ts';
import type { Finding } from './findings.ts';
import { role } from './principals.ts';
import type { Options } from './run-phases.ts';
import { seedFiles, seedWorld } from './seed.ts';
import * as workspaces from './workspace.ts';

/** What the plan of phase 2 must not go through with, and what it has to say then. */
export type Refusal = {
  name: string;
  world?: (world: World) => World;
  variables?: Record<string, unknown>;
  says: string;
};

/** A condition of an engine is tried where it must fail: each of those that are written stands for a row. */
export function refusalsOf(one: Case): Refusal[] {
  const phase = one.phases.find(({ phase: id }) => id === 'add-access-entries');
  const input = [...one.input.values()].join('\n');
  const written = [...(phase?.files ?? [])].filter(([path]) => !path.includes('/')).map(([, text]) => text);
  const names = input.includes('aws_iam_roles') ? [] : written.flatMap(text => text.match(lookedUp) ?? []);
  return [...[...new Set(names)].flatMap(lookUps), ...(rowsAtPlanTime[one.name] ?? [])];
}

/** The role that `data "aws_iam_roles"` is to find, by its expression. */
const lookedUp = /(?<=name_regex += "\^?)AWSReservedSSO_[\w-]+/g;

const lookUps = (name: string): Refusal[] => {
  const says = `--role-name ${name}`;
  const of =
    (change: (arn: string) => string[]) =>
    (world: World): World => ({
      ...world,
      principals: (world.principals ?? []).flatMap(arn => (arn.endsWith(`/${name}`) ? change(arn) : [arn])),
    });
  const elsewhere = '444455556666';
  return [
    { name: `${name} is missing`, world: of(() => []), says },
    { name: `${name} is there twice`, world: of(arn => [arn, arn.replace('eu-west-1', 'eu-central-1')]), says },
    {
      name: `${name} is in another account`,
      // The caller is of that account as well.
      world: world => ({
        ...of(arn => [arn.replace(/\d{12}/, elsewhere)])(world),
        runner: `arn:aws:iam::${elsewhere}:role/terraform-runner`,
      }),
      says,
    },
  ];
};

const noEntry = (what: string, row: object, says = role('x')): Refusal => ({
  name: what,
  variables: { roles: [{ rolearn: role('x'), username: 'x', groups: ['x'], ...row }] },
  says,
});
const nodeRow = { username: 'system:node:{{EC2PrivateDNSName}}', groups: ['system:bootstrappers', 'system:nodes'] };
const serviceLinked = role('AWSServiceRoleForBatch');

/** Rows that no entry can stand for (design.md §7), as values of variables. */
const rowsAtPlanTime: Readonly<Record<string, readonly Refusal[]>> = {
  'layout/rows-known-at-plan-time': [
    { name: 'accounts', variables: { accounts: ['444455556666'] }, says: 'mapAccounts' },
    noEntry('a service-linked role', { rolearn: serviceLinked }, serviceLinked),
    noEntry('the root of an account', { rolearn: 'arn:aws:iam::111122223333:root' }, ':root'),
    noEntry('a role with its path', { rolearn: role('teams/x') }, role('teams/x')),
    noEntry('a reserved group', { groups: ['system:monitoring'] }),
    noEntry('almost system:masters', { groups: ['System:Masters'] }),
    noEntry('a template in a group', { groups: ['of-{{AccountID}}'] }),
    noEntry('a reserved username', { username: 'system:x' }),
    noEntry('a session without a colon', { username: '{{SessionName}}' }),
    noEntry('the rights of nodes and of people', { ...nodeRow, groups: [...nodeRow.groups, 'x'] }),
    noEntry('groups that are a string', { groups: 'x' }),
    noEntry('nodes of nobody', nodeRow, 'node_types'),
  ],
};

/** Applies the source of a case, and plans its phase 2 once for each refusal. */
export async function runRefusals(
  one: Case,
  options: Options,
  chosen: readonly Refusal[] = refusalsOf(one),
): Promise<Finding[]> {
  const phase = one.phases.find(({ phase: id }) => id === 'add-access-entries');
  if (!phase || chosen.length === 0) return [];
  const { rewrite = (_phase: string, files: Files): Files => files } = options;
  const { engine, cliConfig, environment, standin } = options;
  const workspace = workspaces.createWorkspace({ engine, cliConfig, environment, standin });
  const findings: Finding[] = [];
  const say = (text: string): void => void findings.push({ by: 'engine', step: phase.phase, text });
  try {
    workspaces.writeFiles(workspace, seedFiles(one));
    workspaces.writeWorld(workspace, seedWorld(one));
    await workspaces.must(workspace, 'init', '-no-color');
    await workspaces.must(workspace, 'apply', '-auto-approve', '-no-color');
    workspaces.writeFiles(workspace, rewrite(phase.phase, phase.files));
    await workspaces.must(workspace, 'init', '-no-color');
    const world = workspaces.readWorld(workspace);
    for (const { name, world: change, variables = {}, says } of chosen) {
      workspaces.writeWorld(workspace, change?.(world) ?? world);
      const given = seedFiles({ ...one, variables: { ...one.variables, ...variables } }).get(valuesFile) ?? '';
      workspaces.writeFiles(workspace, new Map([[valuesFile, given]]));
      const answer = await workspaces.engine(workspace, 'plan', '-no-color');
      const said = problemOf(answer, Infinity);
      if (answer.code === 0) say(`the plan goes through: ${name}`);
      else if (!said.includes(says)) say(`the plan fails and does not say ${says}: ${name}: ${said.slice(0, 300)}`);
    }
  } finally {
    workspaces.removeWorkspace(workspace);
  }
  return findings;
}

const valuesFile = 'terraform.tfvars.json';
