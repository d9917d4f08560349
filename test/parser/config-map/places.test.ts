import { expect, test } from '@jest/globals';
import { readAwsAuthFile } from '../../../lib/parser/aws-auth/live/read-config-map.ts';

// A finding about a row must point at the row, in the file as it is on the disk.

const mapRoles = `- rolearn: arn:aws:iam::111122223333:role/a
  groups:
    - x

# of the platform team
- {rolearn: arn:aws:iam::111122223333:role/b}
-
  rolearn: "arn:aws:iam::111122223333:role/c"
`;
const inside = (text: string): string => text.replace(/^(?=.)/gm, '    ');
const head = 'apiVersion: v1\nkind: ConfigMap\n';
const metadata = 'metadata:\n  name: aws-auth\n  namespace: kube-system\n';
const block = `${head}data:\n  mapRoles: |\n${inside(mapRoles)}${metadata}`;

/** The text at each row's place. */
const texts = async (text: string, count = 3): Promise<readonly string[]> => {
  const { file, places } = await readAwsAuthFile('aws-auth.yaml', text);
  expect(file).toBe('aws-auth.yaml');
  return Array.from({ length: count }, (_, index) => {
    const list = places.get('mapRoles');
    const { start, end } = list?.items[index]?.place ?? list?.place ?? { start: 0, end: 0 };
    return text.slice(start, end);
  });
};

const rows = [
  '- rolearn: arn:aws:iam::111122223333:role/a\n      groups:\n        - x',
  '- {rolearn: arn:aws:iam::111122223333:role/b}',
  'rolearn: "arn:aws:iam::111122223333:role/c"',
];

test('a row of a block text has its own lines', async () => {
  expect(await texts(block)).toEqual(rows);
});

test('with carriage returns and a byte order mark', async () => {
  const crlf = `\ufeff${block.replaceAll('\n', '\r\n')}`;
  expect(await texts(crlf)).toEqual(rows.map(row => row.replaceAll('\n', '\r\n')));
});

test.each(['|-', '|+', '|4', '|2'])('with the header %s', async header => {
  const text = header === '|2' ? block.replaceAll(/^ {4}/gm, '    ') : block;
  expect(await texts(text.replace('mapRoles: |', `mapRoles: ${header.replace('4', '2')}`))).toEqual(rows);
});

test('in a List, beside another ConfigMap', async () => {
  const list = `apiVersion: v1\nkind: List\nitems:\n- kind: ConfigMap\n  metadata: {name: other}\n  data: {mapRoles: "[]"}\n- kind: ConfigMap\n  ${metadata.trimEnd().replaceAll('\n', '\n  ')}\n  data:\n    mapRoles: |\n${inside(inside(mapRoles))}`;
  const [first] = await texts(list);
  expect(first).toMatch(/^- rolearn: arn:aws:iam::111122223333:role\/a\n/);
});

test.each([
  ['JSON', JSON.stringify({ kind: 'ConfigMap', data: { mapRoles }, metadata: { name: 'aws-auth' } }), '"mapRoles"'],
  ['a quoted text', `${head}${metadata}data:\n  mapRoles: ${JSON.stringify(mapRoles)}\n`, 'mapRoles'],
  ['a folded text', `${head}${metadata}data:\n  mapRoles: >\n    [{rolearn: x}]\n`, 'mapRoles'],
])('in %s the name of the list stands for its rows', async (_name, text, key) => {
  expect(await texts(text, 1)).toEqual([key]);
});

test('what the YAML has last counts, as it does when it is read', async () => {
  const twice = `${head}${metadata}data:\n  mapRoles: |\n    - rolearn: old\n  mapRoles: |\n    - rolearn: new\n`;
  expect(await texts(twice, 1)).toEqual(['- rolearn: new']);
});

test('a ConfigMap of the largest size is placed in a moment', async () => {
  const many = Array.from(
    { length: 8000 },
    (_, index) => `- rolearn: arn:aws:iam::111122223333:role/r${index}\n  groups:\n  - g\n`,
  );
  const text = `${head}${metadata}data:\n  mapRoles: |\n${inside(many.join(''))}`;
  const { places } = await readAwsAuthFile('aws-auth.yaml', text);
  const { start, end } = places.get('mapRoles')?.items[7999]?.place ?? {};
  expect(text.slice(start, end)).toContain('role/r7999\n');
});
