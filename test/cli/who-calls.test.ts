import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { filesIn } from '../../lib/cli/who-calls.ts';
import { directoryWith } from './support/directory.ts';

test('a directory that is gone since it was found has no files', async () => {
  expect(await filesIn(join(directoryWith(), 'gone'))).toEqual([]);
});
