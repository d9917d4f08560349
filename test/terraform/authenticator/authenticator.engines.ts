import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, stdout } from 'node:process';
import { afterAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readConfigMap } from '../../../lib/parser/aws-auth/live/read-config-map.ts';
import { root } from '../../package/command.ts';
import { builds, compile, startAuthenticator, versionOf, type Authenticator, type Data } from './authenticator.ts';
import { compare, printed } from './compare.ts';
import { configMaps } from './config-maps.ts';
import { smallest } from './smallest.ts';

/*
 * What aws-iam-authenticator itself grants, against what the product and the stand-in's model say of the same ConfigMap: those of the
 * fixtures, and random ones. See README.md.
 */
const inCi = env['CI'] === 'true';
const seed = Number(env['AUTHENTICATOR_SEED'] ?? env['FC_SEED'] ?? Date.now() % 2 ** 31);
const count = Number(env['AUTHENTICATOR_COUNT'] ?? (inCi ? 5000 : 0));
const hour = 3_600_000;

/** ConfigMaps of one kind of difference that are made small and shown. */
const shown = 4;
const batch = 64;

/** What is refused is not compared: most of what is drawn is to be read. */
const mostRefused = 0.4;

const directory = mkdtempSync(join(tmpdir(), 'authenticator-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

type Case = { readonly data: Data; readonly text: string };

const randomCases = (): readonly Case[] =>
  count === 0
    ? []
    : fc
        .sample(configMaps, { seed, numRuns: count })
        .map((data, index) => ({ data, text: printed(data, index % 4 === 0) }));

const fixtures = join(root, 'test/fixtures');

const fixtureCases = async (): Promise<readonly Case[]> => {
  const files = readdirSync(fixtures, { recursive: true, encoding: 'utf8' }).filter(path =>
    /aws-auth\.ya?ml$/.test(path),
  );
  return Promise.all(
    files.map(async file => {
      const text = readFileSync(join(fixtures, file), 'utf8');
      return { data: Object.fromEntries(await readConfigMap(file, text)), text };
    }),
  );
};

type Found = Map<string, Data[]>;

const escaped = (value: unknown): string =>
  JSON.stringify(value).replaceAll(
    /[^ -~]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** The differences, each with the smallest ConfigMap that shows it. */
const report = async (authenticator: Authenticator, found: Found): Promise<readonly string[]> => {
  const texts = new Set<string>();
  for (const [of, all] of found) {
    for (const data of all) {
      const differencesOf = async (own: Data) => {
        const { differences } = await compare(authenticator, own, printed(own, false));
        return differences.filter(one => one.of === of);
      };
      const small = await smallest(data, async own => (await differencesOf(own)).length > 0);
      const [first] = await differencesOf(small);
      texts.add(`${of}: ${escaped(small)}: ${first?.text ?? 'only in YAML'}`);
    }
  }
  return [...texts];
};

test.each((count === 0 ? builds.slice(0, 1) : builds).map(build => [versionOf(build), build] as const))(
  'aws-auth grants what the product says, by the authenticator %s',
  async (version, build) => {
    const authenticator = startAuthenticator(build, compile(build, directory));
    const cases = [...(await fixtureCases()), ...randomCases()];
    const found: Found = new Map();
    const decided = new Map<string, number>();
    let [comparisons, refused] = [0, 0];
    const started = Date.now();
    for (let start = 0; start < cases.length; start += batch) {
      const results = await Promise.all(
        cases
          .slice(start, start + batch)
          .map(async ({ data, text }) => ({ data, ...(await compare(authenticator, data, text)) })),
      );
      for (const result of results) {
        comparisons += result.comparisons;
        if (result.isRefused) refused++;
        for (const { of } of result.differences) {
          const all = found.get(of) ?? [];
          found.set(of, all);
          if (all.length < shown && !all.includes(result.data)) all.push(result.data);
        }
        for (const reason of result.decided) decided.set(reason, (decided.get(reason) ?? 0) + 1);
      }
    }
    const minutes = ((Date.now() - started) / 60_000).toFixed(1);
    stdout.write(
      `authenticator ${version}, seed ${seed}: ${cases.length} ConfigMaps, ${refused} refused, ${comparisons} comparisons, ${minutes} minutes\n`,
    );
    for (const [reason, times] of decided) stdout.write(`  on purpose, ${times} times: ${reason}\n`);
    const differences = await report(authenticator, found);
    await authenticator.stop();
    expect(differences).toEqual([]);
    expect(refused / cases.length).toBeLessThan(mostRefused);
  },
  hour,
);
