import { describe, expect, test } from '@jest/globals';
import { directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';
import { wrapperWithApi } from './support/modules.ts';

// Terraform converts what a call gives to a variable to the type of the variable, and fills in its defaults.
// Sources: developer.hashicorp.com/terraform/language/expressions/type-constraints; developer.hashicorp.com/terraform/language/block/variable

const arn = 'arn:aws:iam::111122223333:role/dev';
const row = (more: string): string => `[{ rolearn = "${arn}"${more} }]`;
const whole = row(', username = "dev", groups = ["team"]');

const objects = (groups: string, username = 'string'): string =>
  `  type = list(object({ rolearn = string, username = ${username}, groups = ${groups} }))`;

const call = (rows: string): string =>
  `module "platform" {\n  source = "./modules/platform"\n\n  map_roles = ${rows}\n}\n\nvariable "on" {\n  type = bool\n}\n`;

const status = async (
  variable: string,
  rows: string,
): Promise<{ readonly stdout: string; readonly stderr: string }> => {
  const directory = directoryWith({
    '.git/HEAD': 'ref: refs/heads/main\n',
    'modules/platform/main.tf': wrapperWithApi(variable),
    'main.tf': call(rows),
  });
  return runHere(directory, ['status', '.']);
};

describe('rows that the variable of a module may change stay at plan time', () => {
  const base = `  type     = any\n  default  = ${row('')}\n`;

  test.each([
    ['null in place of rows by default', `${base}  nullable = false`, 'null', 'the default of the variable counts'],
    ['perhaps null', `${base}  nullable = false`, `var.on ? ${whole} : null`, 'the default of the variable counts'],
    [
      'groups by default',
      objects('optional(list(string), ["viewers"])'),
      row(', username = "dev"'),
      'whose type has a default for groups',
    ],
    [
      'groups by default in place of null',
      objects('optional(list(string), ["viewers"])'),
      row(', username = "dev", groups = null'),
      'whose type has a default for groups',
    ],
    [
      'a name by default',
      objects('list(string)', 'optional(string, "x")'),
      row(', groups = ["team"]'),
      'whose type has a default for username',
    ],
    [
      'no groups',
      '  type = list(object({ rolearn = string, username = string }))',
      row(', username = "dev", groups = ["system:masters"]'),
      'whose type has no attribute groups for a row',
    ],
    ['a string of a number', objects('list(string)'), row(', username = 7, groups = ["team"]'), 'a string of username'],
    ['another order', `  type = set(any)`, whole, 'whose type is not that of a list'],
  ])('%s', async (_, variable, rows, why) => {
    const { stderr } = await status(variable, rows);
    expect(stderr).toContain('main.tf:4:15: note TAE457: map_roles of module.platform is ');
    expect(stderr).toContain(why);
    expect(stderr).not.toContain('TAE458');
  });

  test('a type in JSON syntax', async () => {
    const directory = directoryWith({
      '.git/HEAD': 'ref: refs/heads/main\n',
      'modules/platform/main.tf': wrapperWithApi('')
        .replace(/^variable .*?^}\n/ms, '')
        .replace('map_roles', 'people'),
      'modules/platform/variables.tf.json': '{ "variable": { "people": { "type": "list(map(string))" } } }',
      'main.tf': call(whole).replace('map_roles', 'people'),
    });
    const { stderr } = await runHere(directory, ['status', '.']);
    expect(stderr).toContain(
      'TAE457: people of module.platform is that of a variable in JSON syntax, which is not read',
    );
  });
});

describe('rows that stay as they are become entries in the call', () => {
  test.each([
    ['any', '  type = any', whole],
    ['no type', '  default = []', whole],
    ['a list of any', '  type = list(any)', whole],
    ['the attributes of the rows', objects('list(string)'), whole],
    ['a set of groups', objects('set(string)'), whole],
    ['an attribute without a default', objects('optional(list(string))'), row(', username = "dev"')],
    ['an empty default', objects('optional(list(string), [])'), row(', username = "dev"')],
    ['a default that does not count', objects('optional(list(string), ["viewers"])'), whole],
    ['null where it stays null', `  type = any\n  default = ${row('')}`, 'null'],
    [
      'null where nothing is by default',
      '  type = any\n  default = []\n  nullable = false',
      `var.on ? ${whole} : null`,
    ],
  ])('%s', async (_, variable, rows) => {
    const { stderr } = await status(variable, rows);
    expect(stderr).toContain('note TAE458');
    expect(stderr).not.toContain('TAE457');
  });
});

test('values of variables are shown where the type leaves them as they are', async () => {
  const values = `map_roles = ${row(', username = "dev", groups = ["system:masters"]')}\n`;
  const shown = async (type: string): Promise<string> => {
    const directory = directoryWith({ 'main.tf': wrapperWithApi(type), 'a.tfvars': values });
    return (await runHere(directory, ['status', '.', '--var-file', 'a.tfvars'])).stdout;
  };
  expect(await shown(objects('list(string)'))).toContain(arn);
  expect(await shown('  type = list(object({ rolearn = string, username = string }))')).not.toContain(arn);
});
