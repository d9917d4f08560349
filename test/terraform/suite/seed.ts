import type { Entry, World } from '../oracle/world.ts';
import type { Case, Files } from './cases.ts';
import { commonFiles, runner as runnerRole, supplements } from './supplements.ts';

/** Nobody's row: an administrator by an entry that no revision touches. */
export const breakGlass = 'arn:aws:iam::111122223333:role/break-glass';

/** The files of a case as the engine gets them: the input, what it leaves out, and where its state is. */
export function seedFiles(one: Case): Files {
  const { files = {}, variables = {}, override = '' } = supplements[one.name] ?? {};
  const own = [...one.input].filter(([path]) => isTerraform(path));
  const text = own.map(([, source]) => source.replaceAll(/[\uFEFF\r]/g, '')).join('\n');
  const [merged, added] = override.startsWith('module') ? [override, ''] : ['', override];
  return new Map([
    ...own,
    ...Object.entries(commonFiles),
    ...Object.entries(files),
    ['terraform.tfvars.json', JSON.stringify({ ...variables, ...one.variables }, null, 2)],
    [overrideFile, [overrides(text), merged].join('\n')],
    ['suite_provider.tf', [kubernetesProvider(text), added].join('\n')],
  ]);
}

export const overrideFile = 'suite_override.tf';

/** An excerpt leaves its provider block out; without one aws-auth would not wait for the cluster. */
function kubernetesProvider(text: string): string {
  const [call, ...others] = clusterCalls(text);
  if (!call || others.length > 0 || /^provider "kubernetes"/m.test(text)) return '';
  // Up to 19.x the module itself writes aws-auth: its provider may refer to an output of it, not to the whole of it.
  const counted = /^\s*count\s*=/m.test(call.body);
  const host = counted
    ? `try(module.${call.label}[0].cluster_endpoint, null)`
    : `module.${call.label}.cluster_endpoint`;
  return `provider "kubernetes" {\n  host = ${host}\n}\n`;
}

const isTerraform = (path: string): boolean => /\.(tf|tofu|tf\.json)$/.test(path);

/**
 * An override file adds arguments and leaves every byte of the others alone. A backend that only its owner can reach
 * becomes a local state; a cluster that an excerpt leaves without a name gets one.
 */
function overrides(text: string): string {
  const backend = /^\s*backend\s+"/m.test(text) ? ['terraform {\n  backend "local" {}\n}\n'] : [];
  const names = clusterCalls(text)
    .filter(({ body }) => !/^\s*(cluster_)?name\s*=/m.test(body))
    .map(({ label }) => `module "${label}" {\n  cluster_name = "${label}"\n}\n`);
  return [...backend, ...names].join('\n');
}

/** Calls of the root of the eks module; the sources in the fixtures are literal and stand in the block itself. */
function clusterCalls(text: string): { label: string; body: string }[] {
  return [...text.matchAll(/^module "([^"]+)" \{([\s\S]*?)^\}/gm)]
    .map(([, label = '', body = '']) => ({ label, body }))
    .filter(({ body }) => /source\s*=\s*"[^"]*(eks\/aws|terraform-aws-eks(\.git)?(\?[^"]*)?)"/.test(body));
}

/** The cloud before anything is applied: who exists, and the ConfigMap that the cluster's first node group made. */
export function seedWorld(one: Case): World {
  const { principals = [], absent = [], world = {} } = supplements[one.name] ?? {};
  const text = [...one.input.values()].join('\n');
  const named = [...text.matchAll(namedPrincipal)].map(
    ([, partition = '', account = '', resource = '']) =>
      `arn:${literal(partition, 'aws')}:iam::${literal(account, '111122223333')}:${resource}`,
  );
  const real = [...named.map(arn => withPath(arn, one.ssoRegion)), ...snapshotOf(one).map(([, arn]) => arn)];
  const runner = one.runner ?? runnerRole.replace('aws', world.partition ?? 'aws');
  // IAM does not have two roles whose names differ in case only; of such rows the last one is in force.
  const distinct = new Map([...real, ...principals].map(arn => [arn.toLowerCase(), arn]));
  const created = /create_aws_auth_configmap\s*=\s*(true|var)|^resource "kubernetes_config_map(_v1)?" /m.test(text);
  const clusters = world.options?.['configMapsPerCluster'] === true ? clusterCalls(text) : [];
  const key = 'kube-system/aws-auth';
  const keys = clusters.length === 0 ? [key] : clusters.map(call => `${call.label}/${key}`);
  return {
    runner,
    principals: [
      ...distinct.values(),
      ...(text.includes('aws_iam_roles') ? [] : lookAlikes(distinct)),
      breakGlass,
    ].filter(arn => !absent.includes(arn)),
    ...(created ? {} : { configMaps: Object.fromEntries(keys.map(name => [name, { data: {} }])) }),
    ...world,
  };
}

/** Roles whose names hold that of another one, or fit it as an expression: a look-up by name must not find them. */
const lookAlikes = (principals: ReadonlyMap<string, string>): string[] =>
  [...principals.values()]
    .filter(arn => arn.includes('/AWSReservedSSO_'))
    .flatMap(arn => [
      arn.replace('/AWSReservedSSO_', '/XAWSReservedSSO_'),
      `${arn}0`,
      ...(/[.+]/.test(arn.replace(/.*[/]/, '')) ? [arn.replace(/[.+](?=[^/]*$)/, 'x')] : []),
    ]);

const namedPrincipal = /arn:(aws[\w-]*|\$\{[^}]*\}):iam::(\d{12}|\$\{[^}]*\}):((?:role|user)\/[\w+=,.@/-]+)/g;

const literal = (text: string, otherwise: string): string => (text.startsWith('$') ? otherwise : text);

/**
 * Roles of IAM Identity Center are below a path that aws-auth leaves out; of the home region us-east-1 the path has none.
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
 */
function withPath(arn: string, ssoRegion = 'eu-west-1'): string {
  const region = ssoRegion === 'us-east-1' ? '' : `${ssoRegion}/`;
  return arn.replace(/:role\/(?=AWSReservedSSO_)/, `:role/aws-reserved/sso.amazonaws.com/${region}`);
}

const keyOf = (cluster = '', arn = ''): string => `${cluster} ${arn}`;

/** The entries of the snapshot: the cluster, the principal, the entry. */
export function snapshotOf({ snapshot }: Case): [string | undefined, string, Entry][] {
  const entries = new Map<string, [string | undefined, string, Entry & { policies: NonNullable<Entry['policies']> }]>();
  for (const document of snapshot as Document[]) {
    const {
      accessEntry: entry,
      clusterName: of,
      principalArn: arn,
      associatedAccessPolicies: policies = [],
    } = document;
    if (entry) {
      const { clusterName, principalArn, type, username, kubernetesGroups } = entry;
      const groups = type === 'STANDARD' ? kubernetesGroups : [];
      entries.set(keyOf(clusterName, principalArn), [
        clusterName,
        principalArn,
        { type, username, groups, by: 'hand', policies: [] },
      ]);
    }
    const [, , found] = entries.get(keyOf(of, arn)) ?? [];
    if (found) {
      found.policies = policies.map(({ policyArn, accessScope: { type: scopeType, namespaces } }) => ({
        arn: policyArn,
        scopeType,
        namespaces,
      }));
    }
  }
  return [...entries.values()];
}

type Document = {
  accessEntry?: {
    clusterName?: string;
    principalArn: string;
    type: string;
    username: string;
    kubernetesGroups: string[];
  };
  clusterName?: string;
  principalArn?: string;
  associatedAccessPolicies?: { policyArn: string; accessScope: { type: string; namespaces: string[] } }[];
};
