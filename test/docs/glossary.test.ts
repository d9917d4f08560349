import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { phaseIds } from '../../lib/diagnostics/index.ts';
import { dispositions } from '../../lib/transformer/entry.ts';
import { root } from '../architecture/project.ts';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const glossary = read('docs/reference/glossary.md');

test.each([...phaseIds, ...dispositions])('the glossary says what %s is', id => {
  expect(glossary).toMatch(new RegExp(`^- \`${id}\`: \\S.*`, 'm'));
});

// What takes the place of several has no number of its own.
const numbered = phaseIds.filter(id => id !== 'per-environment');

test.each(numbered.map((id, number) => [id, number] as const))('the number of %s is %i', (id, number) => {
  expect(glossary).toContain(`- \`${id}\`: phase ${number}`);
});

test.each(
  'root module,cluster,mapping,row,principal,access entry,disposition,phase,revision,blocker,finding,source gate,live gate,runner,snapshot,plan-time row,runbook,pin,settle'.split(
    ',',
  ),
)('the glossary says what a %s is', word => {
  expect(glossary).toContain(`**${word}**`);
});

test.each(['README.md', 'docs/README.md'])('%s links to the glossary', path => {
  expect(read(path)).toContain('reference/glossary.md');
});
