import { describe, expect, test } from '@jest/globals';
import { check } from '../../lib/check.ts';
import { convertModule, type ConvertResult } from '../../lib/convert.ts';
import { fixturesOf, runtime, themes, type Fixture } from '../support/fixture.ts';
import { unformatted } from '../support/laws.ts';

type Files = ReadonlyMap<string, string>;

/** Sources that the variable is not for, each refused with its code and its reason. */
const refused = new Set(['TAE262', 'TAE263', 'TAE267']);

const endOf = (files: Files, { revisions }: ConvertResult, phase = 'clean-up'): Record<string, string> =>
  Object.fromEntries(new Map([...files, ...(revisions.find(one => one.phase === phase)?.files ?? [])]));

const convertWith = async (files: Files, { options }: Fixture, more: object = {}) =>
  convertModule(files, { ...options, ...more, runtime: await runtime() });

describe('a variable for the phase', () => {
  for (const fixture of themes.flatMap(fixturesOf)) {
    const { theme, name, files, options } = fixture;
    if (options.emit === 'aws-cli') continue;
    test(`${theme}/${name}`, async () => {
      const ordinary = await convertWith(files, fixture);
      const result = await convertWith(files, fixture, { perEnvironment: true });
      const revision = result.revisions.find(({ phase }) => phase === 'per-environment');
      if (!revision) {
        const steps = ordinary.revisions.filter(
          ({ phase }) => !['split-aws-auth', 'clean-up', 'upgrade-to-v21'].includes(phase),
        );
        const isRefused =
          result.diagnostics.some(({ code }) => refused.has(code)) || ordinary.blockedFrom !== undefined;
        // Nothing for the variable to do, or a reason why not.
        expect([steps.length === 0 || isRefused, result.diagnostics.map(({ code }) => code)]).toEqual([
          true,
          expect.anything(),
        ]);
        return;
      }
      expect([undefined, 'clean-up', 'upgrade-to-v21']).toContain(ordinary.blockedFrom);
      expect(result.blockedFrom).toBe(ordinary.blockedFrom);
      if (ordinary.blockedFrom === 'clean-up') return;
      expect(endOf(files, result)).toEqual(endOf(files, ordinary));
      expect(await unformatted(files, revision)).toEqual([]);
      const phased: Files = new Map([...files, ...revision.files]);
      const again = await convertWith(phased, fixture);
      expect(again.sourcePhase).toBe('per-environment');
      expect(again.revisions.map(({ phase }) => phase)).not.toContain('per-environment');
      expect(endOf(phased, again)).toEqual(endOf(files, ordinary));
      const codesIn = async (source: Files): Promise<readonly string[]> => {
        const { emit, config, snapshot, ssoRegion, runner } = options;
        const given = Object.fromEntries(
          Object.entries({ emit, config, snapshot, ssoRegion, runner }).filter(([, value]) => value !== undefined),
        );
        const { diagnostics } = await check(source, { ...given, runtime: await runtime() });
        return diagnostics.map(({ code, message }) => `${code} ${message}`);
      };
      const second = ordinary.revisions.find(({ phase }) => phase === 'add-access-entries');
      const wanted = await codesIn(new Map([...files, ...(second?.files ?? ordinary.revisions[0]?.files ?? [])]));
      expect((await codesIn(phased)).filter(said => !wanted.includes(said))).toEqual([]);
    });
  }
});
