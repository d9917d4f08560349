import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { codes, isCode, phaseIds } from '../../lib/diagnostics/index.ts';
import { root } from '../architecture/project.ts';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const withoutFences = (text: string): string => text.replaceAll(/^( *)```.*?^\1```$/gms, '');
const codesIn = (text: string): readonly string[] => [...new Set(text.match(/TAE\d{3}/g) ?? [])];

const pages = Object.keys(codes)
  .filter(isCode)
  .toSorted()
  .map(code => {
    const text = withoutFences(read(`docs/codes/${code}.md`));
    const [, why = ''] = /^## Why$(.*?)^## How to fix$/ms.exec(text) ?? [];
    return { code, text, why };
  });

const isSourced = (why: string): boolean => /^Sources?: \S/m.test(why);

describe('sources', () => {
  /** Pages that say what this tool does, and nothing of what EKS, the authenticator, Terraform or a module does. */
  const aboutTheTool = (
    'TAE002 TAE003 TAE006 TAE007 TAE012 TAE014 TAE028 TAE030 TAE101 TAE102 TAE103 TAE104 TAE105 TAE106 TAE107 ' +
    'TAE110 TAE111 TAE112 TAE113 TAE120 TAE125 TAE131 TAE132 TAE205 TAE212 TAE219 TAE228 TAE245 TAE246 ' +
    'TAE247 TAE263 TAE267 TAE328 TAE413 TAE415 TAE416 TAE427 TAE431 TAE440 TAE441 TAE508 TAE509 TAE511 TAE514 TAE523 ' +
    'TAE703 TAE704 TAE747'
  ).split(' ');

  test('every other page says where it has its facts from', () => {
    const without = pages.filter(({ why }) => !isSourced(why));
    expect(without.map(({ code }) => code)).toEqual(aboutTheTool);
  });

  test('a page without a source says nothing of AWS and Kubernetes', () => {
    const own = pages.filter(({ code }) => aboutTheTool.includes(code));
    expect(own.filter(({ why }) => /\b(?:AWS|EKS|IAM|Kubernetes|RBAC|authenticator)\b/.test(why))).toEqual([]);
    expect(own.filter(({ text }) => /\bEKS (?:does|makes|refuses|deletes|takes|keeps)\b/.test(text))).toEqual([]);
  });

  test('each source is a link, or names a file and a tag', () => {
    const lines = pages.flatMap(({ code, why }) =>
      why
        .split('\n\n')
        .filter(isSourced)
        .map(line => ({ code, line })),
    );
    expect(lines.length).toBeGreaterThan(180);
    const bare = lines.filter(({ line }) => !/\]\(https:\/\//.test(line) && !/\.tf of .* at v\d/.test(line));
    expect(bare).toEqual([]);
  });

  test('the name of an issue is that of its link', () => {
    const links = pages.flatMap(({ text }) => [
      ...text.matchAll(
        /\b(issue|pull request) (\d+)\]\(https:\/\/github\.com\/[^/)]+\/[^/)]+\/(issues|pull)\/(\d+)\)/g,
      ),
    ]);
    expect(links.length).toBeGreaterThan(50);
    const kinds: Readonly<Record<string, string>> = { issue: 'issues', 'pull request': 'pull' };
    const other = links.filter(([, kind = '', number, path, linked]) => kinds[kind] !== path || number !== linked);
    expect(other.map(([link]) => link)).toEqual([]);
  });
});

describe('what is not verified', () => {
  const path = 'docs/why/not-verified.md';
  const page = read(path);
  const rows = page
    .split('\n')
    .filter(line => line.startsWith('|'))
    .map(line =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map(cell => cell.trim()),
    )
    .filter(([first = '']) => first !== 'What is taken to be so' && !/^-+$/.test(first));

  test('each row says all of it', () => {
    expect(rows.length).toBeGreaterThan(15);
    expect(rows.filter(row => row.length !== 5 || row.includes(''))).toEqual([]);
  });

  test('each row names codes or phases that exist, and codes by their page', () => {
    for (const [claim = '', rests = ''] of rows) {
      const named = codesIn(rests);
      const phases = (rests.match(/`[a-z-]+`/g) ?? []).map(id => id.slice(1, -1));
      expect({ claim, found: named.length + phases.length > 0 }).toEqual({ claim, found: true });
      expect(phases.filter(id => !phaseIds.includes(id as never))).toEqual([]);
      expect(
        named.filter(code => !Object.hasOwn(codes, code) || !rests.includes(`[${code}](../codes/${code}.md)`)),
      ).toEqual([]);
    }
  });

  test('each row has evidence that can be looked up, or says that there is none', () => {
    expect(rows.filter(([, , evidence = '']) => !/\]\(https:\/\/|^Nothing\b|^The issue above/.test(evidence))).toEqual(
      [],
    );
  });

  test('the codes of the table are those whose pages say so', () => {
    const saying = pages.filter(({ text }) => /not\s+documented\s+by\s+AWS/.test(text)).map(({ code }) => code);
    expect(codesIn(rows.map(([, rests = '']) => rests).join(' ')).toSorted()).toEqual(saying);
  });

  test.each(['docs/README.md', 'docs/why/README.md', 'docs/why/proof.md'])('%s leads to it', from => {
    expect(read(from)).toContain('not-verified.md)');
  });
});
