import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { openCheckout } from './checkout.ts';

test('the releases of a checkout, and what belongs to the module at one of them', () => {
  const path = mkdtempSync(join(tmpdir(), 'checkout-'));
  const git = (...command: string[]) =>
    execFileSync('git', ['-C', path, '-c', 'user.name=t', '-c', 'user.email=t@example.com', ...command]);
  const write = (file: string, text: string): void => {
    mkdirSync(join(path, file, '..'), { recursive: true });
    writeFileSync(join(path, file), text);
  };
  try {
    git('init', '--quiet');
    for (const file of ['main.tf', 'templates/a.tpl', 'modules/_user_data/main.tf', 'examples/a/main.tf', 'README.md'])
      write(file, 'old');
    git('add', '.');
    git('commit', '--quiet', '-m', 'old');
    for (const tag of ['v20.9.0', 'v20.10.0', 'latest']) git('tag', '--no-sign', tag);
    write('main.tf', 'new');
    const { releases, files } = openCheckout(path);
    expect(releases).toEqual(['20.9.0', '20.10.0']);
    expect(Object.fromEntries(files('20.10.0'))).toEqual({
      'main.tf': 'old',
      'templates/a.tpl': 'old',
      'modules/_user_data/main.tf': 'old',
    });
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
});
