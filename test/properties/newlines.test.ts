import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { convert } from '../../lib/convert.ts';
import { moduleSpec, runs } from '../support/arbitrary-module.ts';
import { runtime } from '../support/fixture.ts';
import { renderModule } from '../support/render-module.ts';

const crlf = (text: string): string => text.replaceAll('\n', '\r\n');

test('Windows newlines give the same revisions with Windows newlines', async () => {
  await fc.assert(
    fc.asyncProperty(moduleSpec(5), fc.boolean(), async (spec, mark) => {
      const text = `${mark ? '\ufeff' : ''}${renderModule(spec)}`;
      const [plain, windows] = [await revisionsOf(text), await revisionsOf(crlf(text))];
      expect(windows).toEqual(plain.map(([phase, own]) => [phase, crlf(own)]));
    }),
    runs(60),
  );
}, 120_000);

const revisionsOf = async (text: string): Promise<readonly (readonly [string, string])[]> => {
  const { revisions } = await convert(new Map([['main.tf', text]]), { runtime: await runtime() });
  return revisions.map(({ phase, files }) => [phase, files.get('main.tf') ?? '']);
};
