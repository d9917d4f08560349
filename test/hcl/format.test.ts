import { expect, test } from '@jest/globals';
import { parse as oracle } from '@cdktf/hcl2json';
import fc from 'fast-check';
import { alignAll, applyEdits, realign } from '../../lib/hcl/index.ts';
import { formatted } from './support/format.ts';
import { dressed } from './support/generate-body.ts';
import { change, editsOf } from './support/generate-edit.ts';
import { parseText } from './support/read.ts';

const problem = async (text: string): Promise<string | undefined> => {
  try {
    await oracle('main.tf', text);
    return undefined;
  } catch (error) {
    return String(error);
  }
};

test('alignAll does what terraform fmt does', async () => {
  await fc.assert(
    fc.asyncProperty(dressed, async text => {
      fc.pre((await problem(text)) === undefined);
      expect(alignAll(text)).toBe(await formatted(text));
    }),
    { numRuns: 300 },
  );
});

test('a file that terraform fmt would leave alone is still so after edits, and valid', async () => {
  const seen = { compared: 0, overlapping: 0 };
  await fc.assert(
    fc.asyncProperty(dressed, fc.array(change, { minLength: 1, maxLength: 3 }), async (text, changes) => {
      const before = await formatted(text);
      fc.pre((await problem(before)) === undefined);
      const edits = editsOf(await parseText(before), changes);
      let edited: string;
      try {
        edited = applyEdits(before, edits);
      } catch {
        seen.overlapping++;
        return;
      }
      const after = realign(before, edited);
      const error = await problem(after);
      // The same new argument twice in one body.
      if (error?.includes('Attribute redefined')) return;
      expect(error).toBeUndefined();
      expect(after).toBe(await formatted(after));
      await parseText(after);
      seen.compared++;
    }),
    { numRuns: 500 },
  );
  expect(seen.compared).toBeGreaterThan(300);
});

const bare = (text: string): string => text.replaceAll(/[ \t]+(?==|#|\/\/|\/\*)/g, '');

test('realign touches nothing but the space before an equals sign or a comment', async () => {
  await fc.assert(
    fc.asyncProperty(dressed, dressed, async (before, after) => {
      expect(realign(before, before)).toBe(before);
      expect(bare(realign(before, after))).toBe(bare(after));
    }),
    { numRuns: 300 },
  );
});
