import { describe, expect, test } from '@jest/globals';
import { directoryWith } from '../cli/support/directory.ts';
import { runHere } from '../cli/support/host.ts';
import { rootModule, snapshot } from '../cli/support/modules.ts';
import { injectedTags } from './html.ts';
import { injectedElements } from './markdown.ts';
import { hclString, marker, steering, yamlOf } from './values.ts';

/** What each would do where it is printed as it is. The word behind the marker shows that it was printed at all. */
const attacks = {
  control: `a\u0007\u0008${marker}control`,
  ansi: `\u001b[31m${marker}ansi\u001b[0m\u001b[2J`,
  link: `\u001b]8;;https://evil.example\u0007${marker}link\u001b]8;;\u0007`,
  bidi: `\u202e${marker}bidi\u2066`,
  backtick: `\`\`\`sh ${marker}backtick\``,
  pipe: `a | ${marker}pipe \\| b`,
  script: `</script><img src=x onerror=alert(1)>${marker}script`,
  command: `::error file=a::${marker}command`,
  encoded: `a%0A::error::${marker}encoded%0D`,
  newline: `a\n::error::${marker}newline\n##[error]${marker}`,
};
const values = Object.values(attacks);

const row = (arn: string): string =>
  `    {\n      rolearn  = ${hclString(arn)}\n      username = "u"\n      groups   = ["system:masters"]\n    },\n`;

const planned = values.map(value => ({
  address: `aws_eks_access_entry.this[${JSON.stringify(value)}]`,
  mode: 'managed',
  type: 'aws_eks_access_entry',
  name: 'this',
  provider_name: 'registry.terraform.io/hashicorp/aws',
  change: {
    actions: ['create'],
    before: null,
    after: { cluster_name: 'demo', principal_arn: value, kubernetes_groups: [], type: 'STANDARD' },
    after_unknown: {},
    before_sensitive: false,
    after_sensitive: {},
  },
}));
const planFile = {
  format_version: '1.2',
  terraform_version: '1.9.0',
  complete: true,
  planned_values: { root_module: {} },
  configuration: { root_module: {} },
  resource_changes: planned,
};
const configMap = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'aws-auth', namespace: 'kube-system' },
  data: { mapRoles: yamlOf(values.map(value => ({ rolearn: value, username: value, groups: ['system:masters'] }))) },
};
const accept = values.map(value => ({ principal: value, code: 'TAE304', reason: value }));

const files = {
  'source/main.tf': rootModule(values.map(row).join('')),
  'config/main.tf': rootModule(),
  'config/tf-access-entries.config.json': JSON.stringify({ accept }),
  'plan.json': JSON.stringify(planFile),
  'aws-auth.json': JSON.stringify(configMap),
  'entries.json': snapshot,
};

/** Nothing is safe by being left out. */
const expectAll = (text: string): void =>
  expect(Object.keys(attacks).filter(name => !text.includes(`${marker}${name}`))).toEqual([]);

describe.each([
  ['the source', ['status', 'source']],
  ['the plan', ['verify-plan', 'plan.json', '--phase', 'enable-api']],
  ['the ConfigMap', ['verify-access', '--aws-auth', 'aws-auth.json', '--existing', 'entries.json']],
  ['the config', ['convert', 'config']],
])('of what whoever writes %s puts into it', (_who, line) => {
  const printed = async (format: string): Promise<string> => {
    const { stdout, stderr } = await runHere(directoryWith(files), [...line, '--format', format]);
    return format === 'pretty' ? stdout + stderr : stdout;
  };

  test('nothing steers a terminal or begins a line of its log', async () => {
    const text = await printed('pretty');
    expectAll(text);
    expect(text.split('\n').filter(one => steering.test(one) || /^\s*(::|##\[)/.test(one))).toEqual([]);
  });

  test('nothing is markup in Markdown', async () => {
    const text = await printed('markdown');
    expectAll(text);
    expect(injectedElements(text)).toEqual([]);
    expect(text.split('\n').filter(one => steering.test(one))).toEqual([]);
  });

  test('nothing is an element in HTML', async () => {
    const text = await printed('html');
    expectAll(text);
    expect(injectedTags(text)).toEqual([]);
    expect(text).not.toMatch(/<\/script><img/);
    expect(text.split('\n').filter(one => steering.test(one))).toEqual([]);
  });

  test('nothing is a workflow command, and none is cut short', async () => {
    const text = await printed('github');
    expectAll(text);
    const lines = text.trimEnd().split('\n');
    const { diagnostics = [], findings = diagnostics } = JSON.parse(await printed('json')) as Record<string, unknown[]>;
    expect(lines.filter(one => /^\s*::/.test(one))).toHaveLength(findings.length);
    expect(lines.filter(one => /^\s*::(?!(error|warning|notice) )/.test(one) || steering.test(one))).toEqual([]);
    // The older form is looked for anywhere in a line that is not of the newer one. Source: actions/runner, ActionCommandManager.cs.
    expect(lines.filter(one => !one.startsWith('::') && one.includes('##['))).toEqual([]);
    expect(text).toContain(`a%250A::error::${marker}encoded%250D`);
  });
});

describe.each([
  ['a diff', ['convert', '.', '--diff']],
  ['a diff of one phase', ['convert', '-', '--diff', '--phase', 'enable-api']],
  ['a revision', ['convert', '-', '--phase', 'enable-api']],
])('%s', (_what, line) => {
  // Comments stay, with all that stands in them.
  const comment = `# ${attacks.ansi}${attacks.bidi}\rafter\r\n`;
  const text = rootModule(row('arn:aws:iam::111122223333:role/ops'), comment);
  const printed = async (isTerminal: boolean): Promise<string> =>
    (await runHere(directoryWith({ 'main.tf': text }), line, { stdin: text, isTerminal: () => isTerminal })).stdout;

  test('steer no terminal, and are the bytes of the files elsewhere', async () => {
    const [bytes, seen] = [await printed(false), await printed(true)];
    expect(bytes).toMatch(steering);
    expect(seen.split('\n').filter(one => steering.test(one.replace(/\r$/, '')))).toEqual([]);
    expect(seen).toContain('<U+001B>[2J');
    expect(seen.split('\n').map(one => one.endsWith('\r'))).toEqual(bytes.split('\n').map(one => one.endsWith('\r')));
  });
});
