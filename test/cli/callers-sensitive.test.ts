import { expect, test } from '@jest/globals';
import { directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';
import { wrapperWithApi } from './support/modules.ts';

const roles = '  type = list(object({ rolearn = string, username = string, groups = list(string) }))';
const row = (name: string): string =>
  `{ rolearn = "arn:aws:iam::111122223333:role/${name}", username = "${name}", groups = ["team"] }`;

const sensitive = 'variable "on" {\n  type      = bool\n  sensitive = true\n}\n';
const open = 'variable "on" {\n  type = bool\n}\n';

// A variable is one of the module that it stands in: https://developer.hashicorp.com/terraform/language/values/variables
test.each([
  ['the caller', open, sensitive, true],
  ['the module alone, which has one of the same name', sensitive, open, false],
])('the condition of a row of a caller, whose variable is sensitive in %s', async (_what, inModule, inCaller, said) => {
  const call = `module "platform" {
  source = "./modules/platform"

  map_roles = concat([${row('dev')}], var.on ? [${row('ops')}] : [])
}
`;
  const directory = directoryWith({
    '.git/HEAD': 'ref: refs/heads/main\n',
    'modules/platform/main.tf': `${wrapperWithApi(roles)}${inModule}`,
    'main.tf': `${call}${inCaller}`,
  });
  const { stderr } = await runHere(directory, ['status', '.']);
  expect(stderr.includes('main.tf:4:')).toBe(said);
  expect(stderr.includes('TAE231')).toBe(said);
});

// The mark goes with the value, whatever the variable that takes it says. Source:
// developer.hashicorp.com/terraform/language/manage-sensitive-data
test.each([
  ['a sensitive variable', 'var.hidden', true],
  ['a local of one', 'local.hidden', true],
  ['a secret', 'jsondecode(data.aws_ssm_parameter.roles.value)', true],
  ['a secret whose mark is taken off', 'nonsensitive(jsondecode(data.aws_ssm_parameter.roles.value))', false],
  ['a variable that is not', 'var.open', false],
])('a list that only a plan knows, of which a caller gives %s', async (_what, given, said) => {
  const caller = `module "platform" {
  source = "./modules/platform"

  map_roles = ${given}
}

variable "hidden" {
  sensitive = true
}

variable "open" {}

locals {
  hidden = var.hidden
}
`;
  const directory = directoryWith({
    '.git/HEAD': 'ref: refs/heads/main\n',
    'modules/platform/main.tf': wrapperWithApi(roles),
    'main.tf': caller,
  });
  const { stderr } = await runHere(directory, ['status', '.']);
  expect(/^main\.tf:4:15: error TAE231: map_roles: /m.test(stderr)).toBe(said);
  expect(stderr.includes('TAE231')).toBe(said);
});

test('a condition of the module, to which a caller gives a sensitive value', async () => {
  const module = wrapperWithApi(roles).replace(
    /aws_auth_roles\s*= var\.map_roles/,
    `aws_auth_roles = var.on ? [${row('ops')}] : []`,
  );
  const directory = directoryWith({
    '.git/HEAD': 'ref: refs/heads/main\n',
    'modules/platform/main.tf': `${module}${open}`,
    'main.tf': `module "platform" {\n  source = "./modules/platform"\n\n  on = var.on\n}\n${sensitive}`,
  });
  const { stderr } = await runHere(directory, ['status', '.']);
  expect(stderr).toMatch(/^main\.tf:4:8: error TAE231: on: var\.on is sensitive/m);
});
