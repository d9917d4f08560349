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
