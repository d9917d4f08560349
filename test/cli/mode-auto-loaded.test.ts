import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { callers, edit } from './support/callers.ts';
import { directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';
import { adminRow, rootModule } from './support/modules.ts';

// Terraform takes terraform.tfvars and *.auto.tfvars of a root module in place of defaults, and none of a module that is called. EKS refuses
// entries in CONFIG_MAP. Sources: developer.hashicorp.com/terraform/language/values/variables; EKS user guide, setting-up-access-entries

const preset = (mode: string): string => `\nvariable "mode" {\n  type    = string\n  default = "${mode}"\n}\n`;
const root = (mode: string): string => `${rootModule(adminRow, '  authentication_mode = var.mode\n')}${preset(mode)}`;

const status = async (directory: string, path: string): Promise<string> =>
  (await runHere(directory, ['status', path])).stdout;
const convert = (directory: string, path: string, ...args: readonly string[]) =>
  runHere(directory, ['convert', path, '--write', '--phase', 'add-access-entries', ...args]);

const put = (directory: string, path: string, text: string): void => writeFileSync(join(directory, path), text);

const isDone = /1 enable-api\s+done/;

describe('the mode of a root module by a file that Terraform loads by itself', () => {
  test.each(['terraform.tfvars', 'terraform.tfvars.json', 'dev.auto.tfvars'])('%s', async name => {
    const says = (mode: string): string => (name.endsWith('.json') ? `{"mode": "${mode}"}` : `mode = "${mode}"\n`);
    const directory = directoryWith({ 'main.tf': root('API_AND_CONFIG_MAP'), [name]: says('CONFIG_MAP') });
    expect(await status(directory, '.')).not.toMatch(isDone);
    const refused = await convert(directory, '.');
    expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining(`by the values of ${name}`)]);
    const ready = directoryWith({ 'main.tf': root('CONFIG_MAP'), [name]: says('API_AND_CONFIG_MAP') });
    expect(await status(ready, '.')).toMatch(isDone);
    expect((await convert(ready, '.')).status).toBe(0);
  });

  test('says nothing where a file of --var-file counts before it', async () => {
    const directory = directoryWith({
      'main.tf': root('API_AND_CONFIG_MAP'),
      'terraform.tfvars': 'mode = "CONFIG_MAP"\n',
      'prod.tfvars': 'mode = "API_AND_CONFIG_MAP"\n',
    });
    expect((await convert(directory, '.', '--var-file', 'prod.tfvars')).status).toBe(0);
  });

  test('is not known where it cannot be read', async () => {
    const directory = directoryWith({
      'main.tf': root('API_AND_CONFIG_MAP'),
      'terraform.tfvars': 'ENC[AES256_GCM,data:x]',
    });
    const out = await status(directory, '.');
    expect(out).toContain('var.mode must give "API_AND_CONFIG_MAP"');
    expect(out).not.toMatch(isDone);
  });

  test('is not asked for a mode that it does not decide', async () => {
    const directory = directoryWith({
      'main.tf': root('API_AND_CONFIG_MAP'),
      'terraform.tfvars': 'region = "eu-west-1"\n',
    });
    expect(await status(directory, '.')).toMatch(isDone);
  });
});

const withMode = (): string =>
  callers(directory => {
    const version = '  version = "20.24.3"\n';
    edit(directory, 'modules/eks/main.tf', version, `${version}  authentication_mode = var.mode\n`);
    const variables = 'modules/eks/variables.tf';
    edit(directory, variables, 'variable "map_roles"', `${preset('API_AND_CONFIG_MAP')}\nvariable "map_roles"`);
    edit(directory, 'envs/prod/main.tf', '  map_roles', '  mode = var.mode\n\n  map_roles');
    put(directory, 'envs/prod/variables.tf', preset('API_AND_CONFIG_MAP'));
  });

describe('the mode that a call hands on', () => {
  test('is that of terraform.tfvars of its root module', async () => {
    const directory = withMode();
    put(directory, 'envs/prod/terraform.tfvars', 'mode = "CONFIG_MAP"\n');
    const refused = await convert(directory, 'modules/eks');
    expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining('TAE281')]);
    expect(refused.stderr).toContain('by the values of module.platform of envs/prod');
    put(directory, 'envs/prod/terraform.tfvars', 'mode = "API_AND_CONFIG_MAP"\n');
    expect(await status(directory, 'modules/eks')).toMatch(isDone);
  });

  test('is not that of terraform.tfvars in the module that is called', async () => {
    const directory = withMode();
    put(directory, 'modules/eks/terraform.tfvars', 'mode = "CONFIG_MAP"\n');
    put(directory, 'envs/prod/terraform.tfvars', 'mode = "API"\n');
    expect(await status(directory, 'modules/eks')).toMatch(isDone);
  });
});
