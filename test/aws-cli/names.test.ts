import { describe, expect, test } from '@jest/globals';
import { changesIn, clusterWith } from './support/cluster.ts';
import { entryOf } from './support/live-cluster.ts';
import { convertLive, dataOf, role, scriptOf } from './support/scripts.ts';

// Whatever stands in a row arrives as it is, and runs nothing.

const done = { status: 0, stderr: '' };

const hostile = [
  `it's "$HOME" $(touch pwned) \`id\` \\ ; & | > < * ? ! # ~ %s {a,b} `,
  '-dash',
  '--username=x',
  '[not json',
  '{not json',
  '@file',
  'file:///etc/passwd',
  'https://example.com',
  'two\nlines\r\n',
  ' trailing ',
  'ünïcode ’ “ 😀',
  '\u007f\u0001',
  'tab\there',
  'line\n::error title=x::broken',
  "red \u001b[31m\u202e\\x 'backwards'",
];

describe('names that a shell would take apart', () => {
  test('as usernames and as groups', async () => {
    const own = hostile.map((text, index) => ({ arn: role(`x${index}`), username: text, groups: [text, 'a'] }));
    const script = scriptOf(await convertLive(dataOf(own)));
    // A person who opens it in a terminal sees what it does.
    expect(script).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]|\p{Bidi_Control}/u);
    const cluster = await clusterWith(script, {
      mode: 'API_AND_CONFIG_MAP',
      entries: {},
    });
    const { stdout, stderr } = await cluster.run('add-access-entries');
    expect(stdout).toContain('create-access-entry');
    expect(`${stdout}${stderr}`).not.toMatch(/^\s*::|[\u0000-\u0009\u000b-\u001f\u007f-\u009f]|\p{Bidi_Control}/mu);
    expect(await cluster.run('add-access-entries --apply')).toMatchObject(done);
    expect(await cluster.run('add-access-entries --apply')).toMatchObject(done);
    expect(Object.values(cluster.live.entries)).toEqual(
      own.map(({ arn, username, groups }) => entryOf(arn, { username, kubernetesGroups: groups })),
    );
    expect(changesIn(cluster)).toHaveLength(own.length);
    expect(await cluster.shell('ls')).toMatchObject({ stdout: 'access-entries.sh\nbin\n' });
  });

  test('which no command carries are not in the script', async () => {
    const { rows: all, scripts } = await convertLive(
      dataOf([
        { arn: role('x'), username: 'a\u0000b' },
        { arn: role('y'), groups: ['\ud83d'] },
      ]),
    );
    expect(all.map(({ disposition, codes }) => [disposition, ...codes])).toEqual([
      ['blocked', 'TAE423', 'TAE328'],
      ['blocked', 'TAE328'],
    ]);
    expect([...scripts.values()].join('')).not.toContain('\u0000');
  });

  test('in the ARN', async () => {
    const arn = `arn:aws:iam::111122223333:user/a'b"$(id)\`c\`/x`;
    const map = { mapUsers: JSON.stringify([{ userarn: arn, username: 'x', groups: [] }]) };
    const cluster = await clusterWith(scriptOf(await convertLive(map)), { mode: 'API_AND_CONFIG_MAP' });
    expect(await cluster.run('add-access-entries --apply')).toMatchObject(done);
    expect(await cluster.run('add-access-entries --apply')).toMatchObject(done);
    expect(changesIn(cluster)).toHaveLength(1);
    expect(cluster.live.entries[arn]).toEqual(entryOf(arn));
  });
});
