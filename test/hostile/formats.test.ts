import { beforeAll, describe, expect, test } from '@jest/globals';
import { directoryWith } from '../cli/support/directory.ts';
import { runHere } from '../cli/support/host.ts';
import type { Outcome } from '../cli/support/command.ts';
import { formatNames, type FormatName } from '../../lib/report/formats/formats.ts';
import { commandLines, hostileFiles } from './inputs.ts';
import { injectedTags } from './html.ts';
import { injectedElements } from './markdown.ts';
import { marker, steering } from './values.ts';

type Findings = { readonly diagnostics?: readonly unknown[]; readonly findings?: readonly unknown[] };

const countOf = (json: string): number => {
  const { diagnostics, findings } = JSON.parse(json) as Findings;
  return (findings ?? diagnostics ?? []).length;
};

describe.each(commandLines.map(line => [line.map(word => word.replace(/[^\x20-\x7e]/g, '?')).join(' '), line]))(
  '%s',
  (_name, line) => {
    const outcomes = {} as Record<FormatName, Outcome>;
    beforeAll(async () => {
      for (const format of formatNames) {
        outcomes[format] = await runHere(directoryWith(hostileFiles), [...(line as string[]), '--format', format]);
      }
    }, 120_000);

    test('ends alike in every format', () => {
      const statuses = formatNames.map(format => outcomes[format].status);
      expect(new Set(statuses).size).toBe(1);
      expect([0, 1, 2, 3]).toContain(statuses[0]);
      expect(`${outcomes.pretty.stdout}${outcomes.pretty.stderr}`).not.toMatch(/fault of tf-access-entries/);
    });

    test('json and sarif are JSON, whole and alone', () => {
      expect(countOf(outcomes.json.stdout)).toBeGreaterThanOrEqual(0);
      const { runs } = JSON.parse(outcomes.sarif.stdout) as { runs: [{ results: { message: { text: string } }[] }] };
      for (const { message } of runs[0].results) expect(message.text).not.toMatch(/\]\(/);
      expect([outcomes.json.stderr, outcomes.sarif.stderr]).toEqual(['', '']);
      expect(`${outcomes.json.stdout}${outcomes.sarif.stdout}`).not.toMatch(steering);
    });

    test('pretty steers no terminal, and a value begins no line', () => {
      for (const text of [outcomes.pretty.stdout, outcomes.pretty.stderr]) {
        expect(text.split('\n').filter(row => steering.test(row))).toEqual([]);
        const begun = new RegExp(String.raw`^\s*(::|##|\x60\x60\x60|<img|curl|1\. |> |error TAE000|${marker})`);
        expect(text.split('\n').filter(row => begun.test(row))).toEqual([]);
      }
    });

    test('github has one command for each finding, and no other', () => {
      const lines = outcomes.github.stdout.trimEnd().split('\n');
      expect(lines.filter(row => steering.test(row))).toEqual([]);
      expect(lines.filter(row => /^\s*::/.test(row)).length).toBe(countOf(outcomes.json.stdout));
      expect(lines.filter(row => /^::(?!(error|warning|notice) )/.test(row))).toEqual([]);
      expect(lines.filter(row => !row.startsWith('::') && row.includes('##['))).toEqual([]);
    });

    test('no element of a page comes from a value, and nothing is loaded', () => {
      expect(injectedTags(outcomes.html.stdout)).toEqual([]);
      expect(outcomes.html.stdout.split('\n').filter(row => steering.test(row))).toEqual([]);
      expect(outcomes.html.stderr).toBe('');
    });

    test('no element of markdown comes from a value', () => {
      expect(injectedElements(outcomes.markdown.stdout)).toEqual([]);
      expect(outcomes.markdown.stdout.split('\n').filter(row => steering.test(row))).toEqual([]);
    });
  },
);
