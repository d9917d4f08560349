import { describe, expect, test } from '@jest/globals';
import { configMap, read } from './read.ts';

const node = `      - rolearn: \${aws_iam_role.node.arn}
        username: system:node:{{EC2PrivateDNSName}}
        groups:
          - system:bootstrappers
          - system:nodes
`;
const nodeRow = {
  principal: 'aws_iam_role.node.arn',
  username: '"system:node:{{EC2PrivateDNSName}}"',
  groups: '["system:bootstrappers", "system:nodes"]',
};

describe('YAML in a heredoc', () => {
  test('a row has its lines, its comments and its expressions', async () => {
    const { rows, refused } = await read(
      configMap(`<<-YAML
      # The nodes
${node}      # Ops, on call
      - rolearn: arn:aws:iam::\${local.account}:role/ops # since 2021
        username: ops:{{SessionName}}
        groups: [system:masters]
    YAML
`),
    );
    expect(refused).toEqual([]);
    expect(rows).toEqual([
      { at: 'roles[0] 10', ...nodeRow, comments: ['# The nodes'] },
      {
        at: 'roles[1] 16',
        principal: '"arn:aws:iam::${local.account}:role/ops"',
        username: '"ops:{{SessionName}}"',
        groups: '["system:masters"]',
        comments: ['# Ops, on call', '# since 2021'],
      },
    ]);
  });

  test.each([
    ['without indentation of its own', `<<YAML\n${node.replaceAll(/^ {6}/gm, '')}YAML\n`],
    [
      'under an expression of several lines',
      `<<-YAML\n      # \${join(\n        "",\n        [],\n      )}\n${node}    YAML\n`,
    ],
    ['with a text trimmed', `chomp(<<-YAML\n${node}    YAML\n)`],
  ])('%s', async (_, text) => {
    const { rows, refused } = await read(configMap(text));
    expect(refused).toEqual([]);
    expect(rows).toEqual([expect.objectContaining(nodeRow)]);
  });

  test('in a file with carriage returns', async () => {
    const { rows, refused } = await read(
      configMap(`<<-YAML\n${node}      # Ops\n${node}    YAML\n`).replaceAll('\n', '\r\n'),
    );
    expect(refused).toEqual([]);
    expect(rows).toEqual([
      { at: 'roles[0] 9', ...nodeRow },
      { at: 'roles[1] 15', ...nodeRow, comments: ['# Ops'] },
    ]);
  });

  test('letters of all languages, and the signs of templates, stay', async () => {
    const { rows } = await read(
      configMap(`<<-YAML
      - rolearn: "arn:aws:iam::111122223333:role/Zoë-\${local.id}"
        username: '日本 $\${x}'
        groups: ["a \\"b\\"", 'c''d']
    YAML
`),
    );
    expect(rows).toEqual([
      {
        at: 'roles[0] 9',
        principal: '"arn:aws:iam::111122223333:role/Zoë-${local.id}"',
        username: '"日本 $${x}"',
        groups: '["a \\"b\\"", "c\'d"]',
      },
    ]);
  });

  test('two thousand rows', async () => {
    const many = Array.from({ length: 2000 }, (_, index) => node.replace('node.arn', `node[${index}].arn`)).join('');
    const { rows, refused } = await read(configMap(`<<-YAML\n${many}    YAML\n`));
    expect(refused).toEqual([]);
    expect(rows).toHaveLength(2000);
    expect(rows[1999]).toEqual({ at: 'roles[1999] 10004', ...nodeRow, principal: 'aws_iam_role.node[1999].arn' });
  });

  test('anchors, merge keys and keys written twice are read as EKS reads them', async () => {
    const { rows } = await read(
      configMap(`<<-YAML
      - &base
        rolearn: arn:aws:iam::111122223333:role/a
        username: &name \${aws_iam_role.a.name}
        groups: &groups [x]
      - <<: *base
        rolearn: arn:aws:iam::111122223333:role/b
      - rolearn: arn:aws:iam::111122223333:role/old
        rolearn: arn:aws:iam::111122223333:role/c
        username: *name
        groups: *groups
    YAML
`),
    );
    expect(rows.map(({ principal, username, groups }) => ({ principal, username, groups }))).toEqual(
      ['a', 'b', 'c'].map(role => ({
        principal: `"arn:aws:iam::111122223333:role/${role}"`,
        username: 'aws_iam_role.a.name',
        groups: '["x"]',
      })),
    );
  });

  test('rows in comments are counted, and are in no entry', async () => {
    const { rows, resource } = await read(
      configMap(
        `<<-YAML\n${node}      # - rolearn: arn:aws:iam::111122223333:role/gone\n      #   username: gone\n    YAML\n`,
      ),
    );
    expect(rows).toEqual([{ at: 'roles[0] 9', ...nodeRow }]);
    expect(resource.commentedOut.count).toBe(1);
  });

  test('an expression in a comment stays one', async () => {
    const { rows } = await read(
      configMap(`<<-YAML\n      # of \${local.team}, \${join(\n        "-",\n        []\n      )}\n${node}    YAML\n`),
    );
    expect(rows.map(({ comments }) => comments)).toEqual([['# of ${local.team}, ${join( "-", [] )}']]);
  });

  test('what EKS skips is no row', async () => {
    const { rows, notes } = await read(
      configMap(
        `<<-YAML\n      - username: nobody\n${node}      - rolearn: 12\n    YAML\n`,
        `    maproles = "[]"\n    mapUser = "[]"\n`,
      ),
    );
    expect(rows).toEqual([{ at: 'roles[1] 10', ...nodeRow }]);
    expect(notes).toEqual([
      'mapRoles[0]: it has no rolearn, so it grants nothing.',
      'mapRoles[2]: rolearn is no text (the number 12), so it is empty.',
      'mapRoles[2]: it has no rolearn, so it grants nothing.',
      'maproles: the key is written in another case, so its rows grant nothing.',
      'mapUser: the key is not mapUsers, so its rows grant nothing.',
    ]);
  });
});

describe('an empty list', () => {
  test.each(['""', '"[]"', '<<YAML\nYAML\n', 'null', 'yamlencode([])', '"``"'])('%s', async text => {
    expect(await read(configMap(text))).toMatchObject({ rows: [], refused: [], unread: [], notes: [] });
  });
});

describe('accounts keep their digits', () => {
  test.each<[string, readonly string[]]>([
    ['"- 012345678901\\n- 111122223333\\n- \'111122223333\'\\n"', ['"012345678901"', '"111122223333"']],
    [
      '<<YAML\n- "${data.aws_caller_identity.current.account_id}"\nYAML\n',
      ['data.aws_caller_identity.current.account_id'],
    ],
    ['yamlencode([local.account])', ['local.account']],
  ])('%s', async (text, expected) => {
    const { rows } = await read(configMap('"[]"', `    mapAccounts = ${text}\n`));
    expect(rows.map(({ principal }) => principal)).toEqual(expected);
  });
});

test('JSON inside of YAML is what it encodes', async () => {
  const { rows } = await read(
    configMap(`<<-YAML
      - rolearn: \${jsonencode(aws_iam_role.a.arn)}
        groups: \${jsonencode(concat(local.groups, ["x"]))}
      - rolearn: arn:aws:iam::111122223333:role/b
        groups: [\${jsonencode(local.group)}]
    YAML
`),
  );
  expect(rows).toEqual([
    { at: 'roles[0] 9', principal: 'aws_iam_role.a.arn', groups: 'concat(local.groups, ["x"])' },
    { at: 'roles[1] 11', principal: '"arn:aws:iam::111122223333:role/b"', groups: '[local.group]' },
  ]);
});

const row = (fields: string): string =>
  `<<-YAML\n      - rolearn: arn:aws:iam::111122223333:role/a\n${fields}    YAML\n`;

describe('what is not for certain one value is refused, with its place', () => {
  test.each<[string, string, string]>([
    [
      'a directive',
      '<<-YAML\n      %{ for arn in var.arns }\n      - rolearn: ${arn}\n      %{ endfor }\n    YAML\n',
      '9: mapRoles: it has a template directive',
    ],
    [
      'a key',
      row('        ${var.key_name}: x\n'),
      '10: mapRoles: var.key_name stands where YAML has no text that is read',
    ],
    [
      'a whole row',
      '<<YAML\n- ${local.row}\nYAML\n',
      '9: mapRoles: local.row stands where YAML has no text that is read',
    ],
    [
      'rows behind the last one',
      row('      ${indent(6, yamlencode(var.rows))}\n'),
      '8: mapRoles: its line 2 cannot be read here',
    ],
    [
      'a list of groups',
      row('        groups: ${var.groups}\n'),
      '10: mapRoles: var.groups stands where YAML has no text that is read',
    ],
    [
      'a username that may be YAML',
      row('        username: ${var.user}\n'),
      '10: mapRoles: var.user may hold YAML syntax',
    ],
    [
      'a group that may be YAML',
      row('        groups:\n          - ${var.team}\n'),
      '11: mapRoles: var.team may hold YAML syntax',
    ],
    [
      'a username that is no text',
      row('        username: ${local.yes}\n'),
      '10: mapRoles: local.yes holds YAML syntax, or is no text there',
    ],
    [
      'a username with a comment in it',
      row('        username: ${local.comment}\n'),
      '10: mapRoles: local.comment holds YAML syntax, or is no text there',
    ],
    [
      'JSON in a text',
      row('        username: "x-${jsonencode(var.user)}"\n'),
      '10: mapRoles: jsonencode(var.user) is JSON in the middle of a text',
    ],
    [
      'an anchor',
      row('        username: &${var.user_name} x\n'),
      '10: mapRoles: var.user_name stands where YAML has no text that is read',
    ],
    ['no list at all', '"%"', '8: mapRoles: its line 1 cannot be read here'],
    // The heredoc takes one character off each line, and with it the tab.
    ['a tab', row('\tusername: a\n'), '8: mapRoles: its line 2 is indented less than the first one'],
    ['a variable', 'var.roles', '8: mapRoles: it is the variable var.roles'],
    ['a function', 'replace(yamlencode(var.roles), "\\"", "")', '8: mapRoles: it is the result of replace(...)'],
    [
      'a file',
      'file("${path.module}/roles.yaml")',
      '8: mapRoles: it comes from the file roles.yaml, which is not there, or is no text',
    ],
    [
      'a file elsewhere',
      'file("../roles.yaml")',
      '8: mapRoles: it comes from the file ../roles.yaml, which is outside of the root module',
    ],
    [
      'a part of what a function makes',
      'yamldecode(file("${path.module}/roles.yaml")).roles',
      '8: mapRoles: it is a part of the result of yamldecode(...)',
    ],
    [
      'a template of a name that is not known',
      'templatefile(var.file, {})',
      '8: mapRoles: it comes from a file whose name is known only at plan time',
    ],
    ['what leads back to itself', 'chomp(local.loop)', 'mapRoles: it leads back to itself'],
  ])('%s', async (_, text, expected) => {
    const locals = 'locals {\n  yes     = "yes"\n  comment = "a #b"\n  loop    = chomp(local.loop)\n}\n';
    const { rows, refused } = await read(configMap(text, '', locals));
    expect(rows).toEqual([]);
    expect(refused).toEqual([expect.stringContaining(expected)]);
  });
});

describe('files of the module', () => {
  const rows = '# The user\n- userarn: ${arn}\n  username: x\n  groups: ${jsonencode(groups)}\n';
  const users = `    mapUsers = templatefile("\${path.module}/users.yaml", local.names)\n`;

  test('a template stands for what it is given', async () => {
    const found = await read(
      configMap('file("./roles.yaml")', users, 'locals {\n  names = { arn = aws_iam_user.x.arn, groups = ["a"] }\n}\n'),
      { 'users.yaml': rows, 'roles.yaml': `- rolearn: \${x}\n` },
    );
    expect(found.refused).toEqual([]);
    expect(found.rows).toEqual([
      { at: 'roles[0] roles.yaml:1', principal: '"$${x}"', groups: '[]' },
      {
        at: 'users[0] users.yaml:2',
        principal: 'aws_iam_user.x.arn',
        username: '"x"',
        groups: '["a"]',
        comments: ['# The user'],
      },
    ]);
  });

  test.each([
    ['%{ for arn in arns }\n- userarn: ${arn}\n%{ endfor }', 'users.yaml has a template directive'],
    ['- userarn: ${upper(arn)}\n', 'users.yaml computes with what it is given'],
    ['- userarn: ${other}\n', 'users.yaml computes with what it is given'],
  ])('%j is refused', async (text, why) => {
    const found = await read(configMap('"[]"', users, 'locals {\n  names = { arn = aws_iam_user.x.arn }\n}\n'), {
      'users.yaml': text,
    });
    expect(found.refused).toEqual([`9: mapUsers: ${why}`]);
  });

  test('a template with directives, of which everything is known, is read', async () => {
    const found = await read(configMap('"[]"', users, 'locals {\n  names = { users = ["a", "b"] }\n}\n'), {
      'users.yaml': '%{ for user in users ~}\n- userarn: arn:aws:iam::111122223333:user/${user}\n%{ endfor ~}\n',
    });
    expect(found.rows.map(({ principal }) => principal)).toEqual([
      '"arn:aws:iam::111122223333:user/a"',
      '"arn:aws:iam::111122223333:user/b"',
    ]);
  });
});

/** Source: hashicorp/hcl, hclsyntax/parser_template.go: `<<-` takes the indentation of its only line off. */
describe('a list that is encoded, in a text with nothing else in it', () => {
  const list = '[{ rolearn = "arn:aws:iam::111122223333:role/ops", username = "ops", groups = ["ops"] }]';

  test.each([
    `"\${jsonencode(${list})}"`,
    `<<YAML\n\${yamlencode(${list})}\nYAML\n`,
    `<<-YAML\n      \${yamlencode(${list})}\n    YAML\n`,
    `<<-YAML\n      \${jsonencode(${list})}\n    YAML\n`,
    `<<YAML\n  \${jsonencode(${list})}\nYAML\n`,
  ])('%s', async text => {
    const { rows, refused } = await read(configMap(text));
    expect(refused).toEqual([]);
    expect(rows).toMatchObject([{ principal: '"arn:aws:iam::111122223333:role/ops"' }]);
  });

  test('is none where the first of its lines alone is indented', async () => {
    const { refused } = await read(configMap(`<<YAML\n  \${yamlencode(${list})}\nYAML\n`));
    expect(refused).toHaveLength(1);
  });
});
