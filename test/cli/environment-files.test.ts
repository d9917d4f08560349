import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { environmentFiles } from '../../lib/cli/environment-files.ts';
import { directoryWith } from './support/directory.ts';

const files = {
  'envs/dev.tfvars': '',
  'envs/prod.tfvars.json': '{}',
  'envs/notes.txt': '',
  'envs/eu/west.tfvars': '',
  'envs/eu/old/x.tfvars': '',
  'envs/.terraform/copy.tfvars': '',
};

// Terraform reads both kinds with -var-file.
test.each([
  ['envs', ['envs/dev.tfvars', 'envs/prod.tfvars.json']],
  ['envs/*.tfvars', ['envs/dev.tfvars']],
  ['envs/*/*.tfvars', ['envs/eu/west.tfvars']],
  ['envs/**/*.tfvars', ['envs/dev.tfvars', 'envs/eu/old/x.tfvars', 'envs/eu/west.tfvars']],
  ['envs/dev.tfvars', ['envs/dev.tfvars']],
])('%s', async (pattern, expected) => {
  expect(await environmentFiles(pattern, directoryWith(files))).toEqual(expected);
});

test('a pipe that is merely found is not waited for', async () => {
  const directory = directoryWith(files);
  expect(spawnSync('mkfifo', [join(directory, 'envs/pipe.tfvars')]).status).toBe(0);
  expect(await environmentFiles('envs', directory)).toEqual(['envs/dev.tfvars', 'envs/prod.tfvars.json']);
});

test('of a directory without files of values the message says what is missing in it', async () => {
  const directory = directoryWith({ 'envs/notes.txt': '' });
  await expect(environmentFiles('envs', directory)).rejects.toThrow('envs/*.tfvars does not exist');
});
