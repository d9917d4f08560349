import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { filesIn } from './support/callers.ts';
import { directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';
import { wrapperWithApi } from './support/modules.ts';

const platform = wrapperWithApi();

const call = (name: string): string => `module "platform" {
  source = "../../modules/p"

  map_roles = [{ rolearn = "arn:aws:iam::111122223333:role/${name}", username = "${name}", groups = ["x"] }]
}
`;

const files = {
  '.git/HEAD': '',
  'modules/p/main.tf': platform,
  'envs/dev/main.tf': call('dev'),
  'other/prod/main.tf': call('prod'),
};

describe.each([
  ['a repository', { 'other/.git/HEAD': '' }],
  ['a submodule', { 'other/.git': 'gitdir: ../.git/modules/other\n' }],
])('a caller in %s below the one of the module', (_, git) => {
  const note =
    /^other\/prod\/main\.tf:1:1: note TAE457: map_roles of module\.platform is in another repository, which is not written into/m;

  test('keeps the rows of all callers at plan time, and is named', async () => {
    const directory = directoryWith({ ...files, ...git });
    const { status, stderr } = await runHere(directory, ['status', 'envs/dev']);
    expect([status, stderr]).toEqual([0, expect.stringMatching(note)]);
  });

  test.each([['add-access-entries'], ['per-environment']])('is not written into: %s', async phase => {
    const directory = directoryWith({ ...files, ...git });
    const { stderr } = await runHere(directory, ['convert', 'envs/dev', '--write', '--phase', phase]);
    expect(stderr).toMatch(/other\/prod/);
    const written = filesIn(directory);
    expect(written['other/prod/main.tf']).toBe(call('prod'));
    expect(written['modules/p/main.tf']).not.toBe(platform);
    expect(written['modules/p/main.tf']).toContain('var.map_roles');
  });

  test('is one line of the status of a tree', async () => {
    const { stdout } = await runHere(directoryWith({ ...files, ...git }), ['status', '.']);
    expect(stdout.match(/^ .*other\/prod.*$/gm)).toHaveLength(1);
  });
});

test('a module in another repository below that of its caller is not followed', async () => {
  const directory = directoryWith({ ...files, 'modules/.git': 'gitdir: ../.git/modules/modules\n' });
  const { stdout, stderr } = await runHere(directory, ['convert', 'envs/dev', '--write', '--phase', 'enable-api']);
  expect(stdout + stderr).toMatch(/TAE030/);
  expect(readFileSync(join(directory, 'modules/p/main.tf'), 'utf8')).toBe(platform);
});
