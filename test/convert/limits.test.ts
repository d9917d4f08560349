import { describe, expect, test } from '@jest/globals';
import { convert, type ConvertResult } from '../../lib/convert.ts';
import { readList, type Part } from '../../lib/parser/expressions/read-list.ts';
import { evaluate } from '../../lib/terraform/index.ts';
import { parseModule } from '../support/expression.ts';
import { runtime } from '../support/fixture.ts';

// A few bytes that stand for more rows, text or steps than anybody can go through. Each ends: what takes too much is known only at
// plan time, and the list says so. Without a limit most would never end, which the limit of the test runner would show.

const cluster = `module "eks" {
  source       = "terraform-aws-modules/eks/aws"
  version      = "20.24.3"
  cluster_name = "demo"
}

variable "x" {
  type = bool
}
`;

const awsAuth = (roles: string): string => `
module "aws_auth" {
  source                    = "terraform-aws-modules/eks/aws//modules/aws-auth"
  version                   = "20.24.3"
  manage_aws_auth_configmap = true
  aws_auth_roles            = ${roles}
}
`;

const arn = (name: string): string => `arn:aws:iam::111122223333:role/${name}`;
const row = (name = 'dev'): string => `{ rolearn = "${arn(name)}", username = "${name}", groups = ["dev"] }`;
const locals = (...lines: readonly string[]): string => `\nlocals {\n${lines.map(line => `  ${line}\n`).join('')}}\n`;
const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at);

const converted = async (text: string): Promise<ConvertResult> =>
  convert(new Map([['main.tf', cluster + text]]), { runtime: await runtime() });

/** 25 locals, each made of the one before twice. */
const doubled = (first: string, twice: (name: string) => string): string =>
  locals(`a0 = ${first}`, ...numbers(25).map(at => `a${at + 1} = ${twice(`local.a${at}`)}`), 'a = local.a25');

/** Locals that each refer to the next one. */
const chained = (end: string, count = 10_000, link: (name: string) => string = name => name): string =>
  locals(...numbers(count).map(at => `l${at} = ${link(`local.l${at + 1}`)}`), `l${count} = ${end}`, 'a = local.l0');

const nested = (body: string): string =>
  `[for i in range(100) : [for j in range(100) : [for k in range(100) : ${body}]]]`;

describe('a list that is too much', () => {
  test.each([
    ['leads back to itself under a condition', locals('a = var.x ? local.a : local.a')],
    ['leads back to itself over another', locals('a = concat(local.b, local.b)', 'b = concat(local.a, local.a)')],
    ['doubles by concat', doubled(`[${row()}]`, name => `concat(${name}, ${name})`)],
    ['doubles by a condition', doubled(`[${row()}]`, name => `var.x ? ${name} : ${name}`)],
    ['doubles by half a condition', doubled(`[${row()}]`, name => `concat(var.x ? ${name} : [], ${name})`)],
    ['doubles by flatten', doubled(`[${row()}]`, name => `flatten([${name}, ${name}])`)],
    [
      'doubles and is gone through',
      `${doubled(`[${row()}]`, name => `[${name}, ${name}]`)}${locals('b = [for x in reverse(local.a) : x]')}`,
    ],
    ['has a million rounds', locals(`a = flatten(${nested(row('dev-${i}-${j}-${k}'))})`)],
    ['has a million rounds and more arguments', locals(`a = concat(${nested(row('dev-${i}-${j}-${k}'))}...)`)],
    ['is at the end of 2,000 conditions', chained(`[${row()}]`, 2000, name => `var.x ? ${name} : []`)],
    ['is at the end of 10,000 locals', chained(`[${row()}]`)],
    ['is at the end of 2,000 calls', chained(`[${row()}]`, 2000, name => `concat(${name}, [])`)],
    ['goes round', locals(...numbers(5000).map(at => `l${at} = local.l${(at + 1) % 5000}`), 'a = local.l0')],
  ])('and %s', async (_, text) => {
    const list = text.includes('b = [for') ? 'local.b' : 'local.a';
    const { rows, diagnostics } = await converted(text + awsAuth(list));
    expect(rows).toEqual([]);
    expect(diagnostics).toContainEqual(
      expect.objectContaining({
        code: 'TAE420',
        message: expect.stringContaining('unknown until plan'),
        range: expect.objectContaining({ file: 'main.tf' }),
      }),
    );
  });

  test('is one of two', async () => {
    const list = `concat([${row('ops')}], [${row('dev')}])`;
    const { rows } = await converted(
      awsAuth(list).replace('}\n', '  aws_auth_users = local.a\n}\n') + locals('a = var.x ? local.a : local.a'),
    );
    expect(rows.map(({ disposition }) => disposition)).toEqual(['converted', 'converted']);
  });
});

describe('a field that is too much', () => {
  test.each([
    ['doubles', doubled('"0123456789"', name => `"\${${name}}\${${name}}"`)],
    ['doubles under a condition', doubled('"0123456789"', name => `var.x ? "\${${name}}a" : "\${${name}}b"`)],
    ['is at the end of 10,000 locals', chained(`"${arn('dev')}"`)],
  ])('and %s is kept as it is written', async (_, text) => {
    const { rows } = await converted(`${text}${awsAuth('[{ rolearn = local.a, username = "x", groups = [] }]')}`);
    expect(rows.map(({ principal }) => principal)).toEqual(['local.a']);
  });
});

describe('a map that is too much', () => {
  test('is no more than a map that cannot be read', async () => {
    const map = doubled('{ dev = { principal_arn = "x" } }', name => `merge(${name}, ${name})`);
    const eks = cluster.replace('"demo"', '"demo"\n  access_entries = local.a');
    const { rows } = await convert(new Map([['main.tf', `${eks}${map}${awsAuth(`[${row()}]`)}`]]), {
      runtime: await runtime(),
    });
    expect(rows).toHaveLength(1);
  });

  test.each([
    ['leads back to itself', locals('a = var.x ? local.a : local.a')],
    ['doubles', doubled('{ mapRoles = "[]" }', name => `var.x ? ${name} : ${name}`)],
  ])('and %s is no data that can be read', async (_, text) => {
    const resource = `\nresource "kubernetes_config_map" "aws_auth" {\n  metadata {\n    name      = "aws-auth"
    namespace = "kube-system"\n  }\n  data = local.a\n}\n`;
    const { diagnostics } = await converted(text + resource);
    expect(diagnostics.some(({ severity }) => severity === 'error')).toBe(true);
  });
});

test('20,000 rows are read', async () => {
  const items = numbers(20_000).map(at => `    ${row(`dev${at}`)},\n`);
  const module = await parseModule(locals(`a = [\n${items.join('')}  ]`));
  const list = module.locals.get('a')!;
  const parts = readList(module, { expression: list.value, file: list.in });
  expect(parts.filter(({ kind }) => kind === 'item')).toHaveLength(20_000);
});

test('what is short is read behind what is too much', async () => {
  const module = await parseModule(
    doubled(`[${row()}]`, name => `concat(${name}, ${name})`) + locals(`b = [${row()}]`, 'c = "x"'),
  );
  const read = (name: string): readonly Part[] => {
    const list = module.locals.get(name)!;
    return readList(module, { expression: list.value, file: list.in });
  };
  expect(numbers(50).map(() => read('a').length)).toEqual(numbers(50).map(() => 1));
  expect(read('b').map(({ kind }) => kind)).toEqual(['item']);
  expect(evaluate(module.locals.get('c')!.value, module.scope)).toEqual({ kind: 'string', parts: ['x'] });
});
