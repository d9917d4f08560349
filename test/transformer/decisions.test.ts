import { expect, test } from '@jest/globals';
import { configSchema } from '../../lib/config/schema.ts';
import type { Config } from '../../lib/config/index.ts';
import { convert } from '../../lib/convert.ts';
import type { Diagnostic } from '../../lib/diagnostics/index.ts';
import { fixturesOf, runtime, themes, type Fixture } from '../support/fixture.ts';

/** As a person adds to a config. */
const merged = (config: Config, more: Config): Config => ({
  ...config,
  accept: [...(config.accept ?? []), ...(more.accept ?? [])],
  drop: [...(config.drop ?? []), ...(more.drop ?? [])],
  principals: { ...config.principals, ...more.principals },
  groups: { ...config.groups, ...more.groups },
});

const errorsOf = async ({ files, options }: Fixture, config: Config = {}): Promise<readonly Diagnostic[]> => {
  const { diagnostics } = await convert(files, { ...options, config, runtime: await runtime() });
  return diagnostics.filter(({ severity }) => severity === 'error');
};

const at = ({ code, range }: Diagnostic): string => `${code} ${range?.file} ${range?.start}`;

const hasBlocked = ({ expected }: Fixture): boolean =>
  (expected.report as { counts: { blocked: number } }).counts.blocked > 0;

const fixtures = themes.flatMap(fixturesOf).filter(hasBlocked);

test.each(fixtures.map(fixture => [`${fixture.theme}/${fixture.name}`, fixture] as const))(
  '%s: each line for the config that a blocked row names fits, and settles the row',
  async (_name, fixture) => {
    const { config = {} } = fixture.options;
    for (const found of await errorsOf(fixture, config)) {
      for (const line of found.decisions ?? []) {
        const decision = JSON.parse(line) as Config;
        // What only a person knows stands as <words>.
        if (line.includes('<')) continue;
        expect([line, configSchema.safeParse(decision).success]).toEqual([line, true]);
        const left = await errorsOf(fixture, merged(config, decision));
        const wrong = left.filter(one => one.code.startsWith('TAE1') || at(one) === at(found));
        expect([line, wrong.map(({ code, message }) => `${code} ${message}`)]).toEqual([line, []]);
      }
    }
  },
);

test('a row is dropped, accepted, given its ARN, or its group another name', async () => {
  const lines: string[] = [];
  for (const fixture of fixtures) {
    const found = await errorsOf(fixture, fixture.options.config);
    lines.push(...found.flatMap(({ decisions = [] }) => decisions));
  }
  for (const key of ['accept', 'drop', 'principals', 'groups']) {
    expect(lines.filter(line => line.startsWith(`{ "${key}": `)).length).toBeGreaterThan(1);
  }
});
