import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { runs } from '../support/arbitrary-module.ts';
import { fuzzCase } from './case.ts';
import { judge } from './problems.ts';

test('comments, line breaks and hostile values anywhere: no crash, no revision refused, nothing lost, nothing injected', async () => {
  await fc.assert(
    fc.asyncProperty(fuzzCase, async given => {
      expect((await judge(given)).problems).toEqual([]);
    }),
    runs(100),
  );
}, 120_000);
