import { describe, expect, test } from '@jest/globals';
import { contentOf, directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';
import { rootModule } from './support/modules.ts';

const variable = (more: string): string => `variable "map_roles" {\n  type = any\n${more}}\n`;
const module = rootModule('').replace(/aws_auth_roles = \[\s*\]/, 'aws_auth_roles = var.map_roles');
const values = `map_roles = [
  { rolearn = "arn:aws:iam::111122223333:role/hunter2", username = "u", groups = ["system:masters"] },
]
`;

/** All that a run says and writes of a root module with this variable. */
const said = async (files: Record<string, string>): Promise<string> => {
  const directory = directoryWith({ 'main.tf': module, ...files });
  const given = ['--var-file', 'x.tfvars'];
  const status = await runHere(directory, ['status', '.', ...given]);
  const json = await runHere(directory, ['status', '.', ...given, '--format', 'json']);
  await runHere(directory, ['convert', '.', ...given]);
  const { 'x.tfvars': _, ...written } = contentOf(directory);
  return [status, json].map(({ stdout, stderr }) => stdout + stderr).join('') + Object.values(written).join('');
};

describe('of the values of --var-file', () => {
  test('those of a plain variable are shown', async () => {
    for (const more of ['', '  sensitive = false\n']) {
      expect(await said({ 'variables.tf': variable(more), 'x.tfvars': values })).toContain('hunter2');
    }
  });

  test.each(['  sensitive = true\n', '  sensitive = "true"\n', '  sensitive = (true)\n'])(
    'those of a variable with %j are not, and its expression is',
    async more => {
      const text = await said({ 'variables.tf': variable(more), 'x.tfvars': values });
      expect(text).not.toContain('hunter2');
      expect(text).toContain('var.map_roles');
    },
  );

  test('nor those of a variable that JSON or an override file makes sensitive', async () => {
    const json = JSON.stringify({ variable: { map_roles: { sensitive: true } } });
    const listed = JSON.stringify({ variable: [{ map_roles: [{ sensitive: true }] }] });
    for (const text of [json, listed]) {
      const files = { 'variables.tf': variable(''), 'x_override.tf.json': text, 'x.tfvars': values };
      expect(await said(files)).not.toContain('hunter2');
    }
    const override = 'variable "map_roles" {\n  sensitive = true\n}\n';
    const files = { 'variables.tf': variable(''), 'x_override.tf': override, 'x.tfvars': values };
    expect(await said(files)).not.toContain('hunter2');
  });

  test('nothing is shown of a file that cannot be read, only where', async () => {
    for (const [name, text, place] of [
      ['x.tfvars', 'a = "hunter2"\nb = local.x\nc = "hunter2"\n', 'x.tfvars:2:5'],
      ['x.tfvars', 'a = "hunter2"\nb = = "hunter2"\n', 'x.tfvars:2:'],
      ['x.tfvars.json', '{"password":"hunter2","a":[,"hunter2"]}', 'x.tfvars.json:1:'],
    ] as const) {
      const directory = directoryWith({ 'main.tf': module, 'variables.tf': variable(''), [name]: text });
      const { status, stdout, stderr } = await runHere(directory, ['status', '.', '--var-file', name]);
      expect([status, stderr]).toEqual([3, expect.stringContaining(place)]);
      expect(stdout + stderr).not.toContain('hunter2');
    }
  });
});

describe('of a file with --existing', () => {
  test.each([
    ['no JSON', '{"password": "hunter2", "a": [,"hunter2"]}'],
    ['a word', 'hunter2'],
    ['JSON that is no entry', '{"password": "hunter2"}'],
    ['a string in place of the entries', '"hunter2"'],
    ['a state of something else', '{"format_version":"1.0","values":{"outputs":{"p":{"value":"hunter2"}}}}'],
  ])('nothing is shown when it is %s', async (_name, text) => {
    const directory = directoryWith({ 'main.tf': rootModule(), 'named.json': text });
    for (const format of ['pretty', 'json']) {
      const { stdout, stderr } = await runHere(directory, [
        'status',
        '.',
        '--existing',
        'named.json',
        '--format',
        format,
      ]);
      expect(stdout + stderr).not.toContain('hunter2');
      expect(stdout + stderr).toContain('named.json');
    }
  });
});
