import { describe, expect, test } from '@jest/globals';
import stringWidth from 'string-width';
import { role, rolesMap, snapshot } from '../verifier/access/support/inputs.ts';
import { directoryWith } from './support/directory.ts';
import { runHere } from './support/host.ts';
import { adminRow, blockedRow, rootModule } from './support/modules.ts';

const wide = `    {
      rolearn  = "arn:aws:iam::111122223333:role/用户-administrators-of-the-platform-in-the-first-region"
      username = "platform"
      groups   = ["system:masters", "deployers", "viewers-of-everything"]
    },
`;
const files = {
  'main.tf': rootModule(adminRow + blockedRow + wide),
  'aws-auth.json': rolesMap(
    { arn: role('ops'), username: 'ops', groups: ['system:masters', 'deployers', 'viewers-of-everything'] },
    { arn: role('administrators-of-the-platform-in-the-first-region'), username: 'dev', groups: ['developers'] },
  ),
  'entries.json': snapshot({ arn: role('ops'), username: 'ops', policies: ['ClusterAdmin'] }),
};

/** The paragraphs that are tables: each line of theirs is indented. */
const tablesIn = (text: string): string[] =>
  text.split('\n\n').filter(paragraph => /^(Principals:\n)?( {2}.*\n?)+$/.test(paragraph) && !/ fix: /.test(paragraph));

const letters = (tables: readonly string[]): string[] => tables.map(table => table.replaceAll(/\s+/g, ''));

describe.each([['convert .'], ['status .'], ['verify-access --aws-auth aws-auth.json --existing entries.json']])(
  '%s',
  line => {
    const tables = async (width: number | undefined): Promise<string[]> => {
      const { stdout, stderr } = await runHere(directoryWith(files), line.split(' '), { width: () => width });
      return tablesIn(stdout === '' ? stderr : stdout);
    };

    test.each([80, 60])('has tables of %d columns', async width => {
      const [full, narrow] = [await tables(undefined), await tables(width)];
      expect(full.length).toBeGreaterThan(0);
      expect(
        full
          .join('\n')
          .split('\n')
          .some(row => stringWidth(row) > width),
      ).toBe(true);
      expect(
        narrow
          .join('\n')
          .split('\n')
          .filter(row => stringWidth(row) > width),
      ).toEqual([]);
      expect(letters(narrow)).toEqual(letters(full));
      // A word that fits on a line is not cut.
      for (const word of full
        .join(' ')
        .split(/\s+/)
        .filter(each => each.length < width - 4)) {
        expect(narrow.join(' ').split(/\s+/)).toContain(word);
      }
    });

    test('has the same tables in a wide terminal as elsewhere', async () => {
      expect(await tables(300)).toEqual(await tables(undefined));
    });
  },
);
