import { describe, expect, test } from '@jest/globals';
import stringWidth from 'string-width';
import { prose } from '../../lib/report/prose.ts';
import { directoryWith } from '../cli/support/directory.ts';
import { runHere } from '../cli/support/host.ts';
import { adminRow, blockedRow, rootModule } from '../cli/support/modules.ts';

const words =
  'An entry without its policy overrides its row with nothing, and who has it is without rights until then.';

describe('a line for people', () => {
  test('stays one where no terminal is, and in one that is too narrow', () => {
    for (const width of [undefined, 59]) expect(prose(words, width)).toBe(words);
  });

  test.each([60, 80, 100])('fits %d columns, with what it said', width => {
    const lines = prose(`  fix: ${words} ${words}`, width, '       ').split('\n');
    expect(lines.filter(line => stringWidth(line) > width)).toEqual([]);
    expect(lines.slice(1).filter(line => !/^ {7}\S/.test(line))).toEqual([]);
    expect(lines.map(line => line.trim()).join(' ')).toBe(`fix: ${words} ${words}`);
  });

  test.each([
    'tf-access-entries convert . --write --phase add-access-entries --existing entries.json --runner arn:aws:iam::111122223333:role/ci',
    'aws iam get-role --role-name AWSReservedSSO_PlatformAdmin_0a1b2c3d4e5f6071 --query Role.Arn --output text',
    'kubectl --context a get configmap aws-auth --namespace kube-system --output yaml',
    'terraform import \'module.eks.aws_eks_access_entry.this["platform administrators"]\' a:b',
  ])('keeps a command whole: %s', command => {
    expect(prose(`${words} Next: ${command}`, 80).split('\n').at(-1)).toContain(command);
    expect(prose(`Next: ${command}. ${words}`, 80).split('\n')).toContainEqual(expect.stringContaining(`${command}.`));
    expect(prose(`${words} Run \`${command}\`, then ${words}`, 80).split('\n')).toContainEqual(
      expect.stringContaining(`\`${command}\``),
    );
  });

  test('counts what is seen, not what colours it', () => {
    const seen = prose(`\u001b[1m${words}\u001b[22m`, 60)
      .split('\n')
      .map(line => stringWidth(line));
    expect(seen).toEqual(
      prose(words, 60)
        .split('\n')
        .map(line => line.length),
    );
  });
});

describe.each([['convert .'], ['status .'], ['check .'], ['convert . --phase nothing']])('%s', line => {
  const run = async (width: number | undefined): Promise<string> => {
    const files = { 'main.tf': rootModule(adminRow + blockedRow) };
    const { stdout, stderr } = await runHere(directoryWith(files), line.split(' '), { width: () => width });
    return stderr + stdout;
  };

  test.each([60, 80])('says the same in %d columns', async width => {
    const [wide, narrow] = [await run(undefined), await run(width)];
    const wider = (text: string): string[] => text.split('\n').filter(shown => stringWidth(shown) > width);
    expect(wider(wide)).not.toEqual([]);
    // Source is shown as it is; a command, a path or an ARN is not broken.
    expect(wider(narrow).filter(shown => !/^ *\d* \||tf-access-entries |^ *\S+$|`[^`]{40,}`/.test(shown))).toEqual([]);
    expect(narrow.replaceAll(/\s+/g, '')).toBe(wide.replaceAll(/\s+/g, ''));
  });
});
