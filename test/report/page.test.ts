import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseHcl } from '@cdktf/hcl2json';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { directoryWith } from '../cli/support/directory.ts';
import { runHere } from '../cli/support/host.ts';
import { adminRow, rootModule } from '../cli/support/modules.ts';
import { root } from '../package/command.ts';
import {
  all,
  attributeOf,
  codesIn,
  hasClass,
  rawText,
  readPage,
  rowsOf,
  textOf,
  type Element,
} from './support/page.ts';

type Page = ReturnType<typeof readPage>;

const filesOf = (example: string): Readonly<Record<string, string>> => {
  const directory = join(root, 'examples', example, 'before');
  return Object.fromEntries(readdirSync(directory).map(name => [name, readFileSync(join(directory, name), 'utf8')]));
};

const pageOf = async (files: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Page> => {
  const { stdout } = await runHere(directoryWith(files), ['status', ...args, '--format', 'html']);
  return readPage(stdout);
};

type Row = { rolearn?: string; userarn?: string; username: string; groups: readonly string[] };

/** The rows of aws-auth as HashiCorp's parser reads them: an expression stands in `${}`. */
const writtenRows = async (
  text: string,
): Promise<readonly { principal: string; username: string; groups: readonly string[] }[]> => {
  const parsed = (await parseHcl('main.tf', text)) as unknown as {
    module: { aws_auth: [{ aws_auth_roles?: readonly Row[]; aws_auth_users?: readonly Row[] }] };
  };
  const { aws_auth_roles: roles = [], aws_auth_users: users = [] } = parsed.module.aws_auth[0];
  return [...roles, ...users].map(({ rolearn, userarn, username, groups }) => ({
    principal: (rolearn ?? userarn ?? '').replace(/^\$\{(.*)\}$/, '$1'),
    username,
    groups,
  }));
};

/** The cells of the table of principals, as text of each and what of it is code. */
const principals = (page: Page): readonly { readonly name: string; readonly cells: readonly Element[] }[] =>
  rowsOf(page, 'who').map(cells => ({ name: codesIn(cells[0] as Element)[0] ?? '', cells }));

const section = (page: Page, id: string): readonly Element[] => {
  const elements = all(page);
  const start = elements.findIndex(element => attributeOf(element, 'id') === id);
  const level = elements[start]?.tagName ?? '';
  const end = elements.findIndex(
    (element, index) => index > start && /^h[1-6]$/.test(element.tagName) && element.tagName <= level,
  );
  return elements.slice(start, end === -1 ? undefined : end);
};

describe('quickstart', () => {
  const files = filesOf('quickstart');
  let page: Page;
  beforeAll(async () => {
    page = await pageOf(files, '.', '--sso-region', 'eu-west-1');
  });

  test('has each principal once, in the order of the source, with what its row says', async () => {
    const rows = await writtenRows(files['main.tf'] ?? '');
    expect(rows).toHaveLength(5);
    expect(principals(page).map(({ name }) => name)).toEqual(rows.map(({ principal }) => principal));
    for (const [index, { groups, username }] of rows.entries()) {
      const [, before] = principals(page)[index]?.cells ?? [];
      expect(codesIn(before as Element)).toEqual([...groups, username]);
    }
  });

  test('says where each row stands', () => {
    const lines = (files['main.tf'] ?? '').split('\n');
    for (const { name, cells } of principals(page)) {
      const line = Number(/main\.tf:(\d+)/.exec(textOf(cells[0] as Element))?.[1]);
      expect(lines.slice(line - 1, line + 3).join('\n')).toContain(name);
    }
  });

  // What each row becomes: the README's table, and docs/reference/glossary.md.
  test('says what each becomes, and that a policy takes the place of system:masters', () => {
    const after = principals(page).map(({ cells }) => textOf(cells[3] as Element));
    expect(after).toEqual([
      'Left to EKS TAE406 EKS makes the entry of a managed node group',
      'Converted type STANDARD policy AmazonEKSClusterAdminPolicy, whole cluster, in place of system:masters no groups user name platform-admin:{{SessionName}} for arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_PlatformAdmin_0a1b2c3d4e5f6071',
      'Converted type STANDARD policy AmazonEKSClusterAdminPolicy, whole cluster, in place of system:masters no groups user name deploy',
      'Converted type STANDARD group developers group viewers user name developer',
      'Converted type STANDARD group viewers user name oncall',
    ]);
  });

  test('has the administrators before and after in its summary', () => {
    const names = all(page, 'dt').map(textOf);
    const values = all(page, 'dd').map(textOf);
    expect(Object.fromEntries(names.map((name, index) => [name, values[index]]))).toMatchObject({
      'Rows of aws-auth': '5',
      Converted: '4',
      'Left to EKS': '1',
      Blocked: '0',
      Administrators: '2 before, 2 after',
      'Read with': '--sso-region eu-west-1',
    });
  });

  test('says that nothing is left to decide', () => {
    expect(section(page, 'report-open').map(textOf).join(' ')).toContain(
      'Nothing is blocked, and no decision is left.',
    );
  });

  test('shows each phase, whether it can be undone, and its files side by side', async () => {
    expect(rowsOf(page, 'phases').map(cells => textOf(cells[0] as Element))).toEqual([
      '1 enable-api',
      '2 add-access-entries',
      '3 remove-aws-auth',
      '4 api-only',
      '5 clean-up',
    ]);
    expect(rowsOf(page, 'phases').map(cells => textOf(cells[3] as Element))[3]).toBe('no: EKS does not go back');
    const diffs = all(page, 'table').filter(table => hasClass(table, 'diff'));
    expect(diffs).toHaveLength(5);
    let before = (files['main.tf'] ?? '').split('\n');
    const directories = readdirSync(join(root, 'examples/quickstart/after')).filter(name => /^\d/.test(name));
    for (const [index, directory] of directories.toSorted().entries()) {
      const after = readFileSync(join(root, 'examples/quickstart/after', directory, 'main.tf'), 'utf8').split('\n');
      for (const row of all(diffs[index] as Element, 'tbody').flatMap(body => all(body, 'tr'))) {
        const [oldNumber, oldText, newNumber, newText] = all(row, 'td').map(rawText);
        if (oldNumber !== '') expect(oldText).toBe(before[Number(oldNumber) - 1]);
        if (newNumber !== '') expect(newText).toBe(after[Number(newNumber) - 1]);
      }
      before = after;
    }
  });

  test('has no more than 150 KB', async () => {
    const { stdout } = await runHere(directoryWith(files), [
      'status',
      '.',
      '--sso-region',
      'eu-west-1',
      '--format',
      'html',
    ]);
    expect(Buffer.byteLength(stdout)).toBeLessThan(150_000);
  });
});

describe('what blocks', () => {
  test('has its code with its page, its place, its reason, and the line of the config that settles it', async () => {
    const page = await pageOf(filesOf('accounts'), '.');
    const [article] = all(page, 'article').filter(one => hasClass(one, 'error'));
    const [heading] = all(article as Element, 'h3');
    expect(textOf(heading as Element)).toBe('Blocker TAE317 main.tf:26:5');
    expect(attributeOf(all(heading as Element, 'a')[0] as Element, 'href')).toMatch(/\/docs\/codes\/TAE317\.md$/);
    const said = textOf(article as Element);
    expect(said).toContain('lets in every principal of account 444455556666');
    expect(said).toContain('Stops phase 3 (remove-aws-auth) and the phases after it.');
    expect(codesIn(article as Element)).toEqual([
      '{ "drop": [{ "principal": "444455556666", "reason": "..." }] }',
      'tf-access-entries explain TAE317',
    ]);
    const [, blocked] = principals(page);
    expect(textOf(blocked?.cells[3] as Element)).toMatch(/^Blocked TAE317 /);
    expect(rowsOf(page, 'phases').map(cells => textOf(cells[2] as Element))).toEqual([
      'ready',
      'ready',
      'blocked by TAE317',
      'blocked by TAE317',
      'blocked by TAE317',
    ]);
  });

  test('a group and a user name that an entry has not are named', async () => {
    const row = `    {
      rolearn  = "arn:aws:iam::111122223333:role/admin"
      username = "system:admin"
      groups   = ["system:masters", "system:authenticated"]
    },
`;
    const page = await pageOf({ 'main.tf': rootModule(row) }, '.');
    const after = textOf(principals(page)[0]?.cells[3] as Element);
    expect(after).toContain('default user name');
    expect(after).toContain('Group left out: system:authenticated');
    expect(after).toContain('User name left out: system:admin');
    expect(textOf(all(page, 'article')[0] as Element)).toMatch(/^Warning TAE402 main\.tf:/);
  });
});

test('a list that only a plan knows is there, with its rows where values are given', async () => {
  const source = rootModule(adminRow).replace('  aws_auth_roles', '  aws_auth_users = var.users\n\n  aws_auth_roles');
  const values = 'users = [{ userarn = "arn:aws:iam::111122223333:user/ann", username = "ann", groups = ["ops"] }]\n';
  const files = { 'main.tf': `${source}\nvariable "users" {}\n`, 'prod.tfvars': values };
  const page = await pageOf(files, '.', '--var-file', 'prod.tfvars');
  const said = section(page, 'report-lists').map(textOf).join(' ');
  expect(said).toContain('var.users');
  expect(said).toContain('arn:aws:iam::111122223333:user/ann');
});

test('each environment has its phase, what is next there, and what stops it', async () => {
  const directory = directoryWith({
    'main.tf': rootModule(adminRow),
    'envs/dev.tfvars': 'access_entries_phase = 4\n',
    'envs/prod.tfvars': 'access_entries_phase = 1\n',
  });
  await runHere(directory, ['convert', '.', '--write', '--phase', 'per-environment']);
  const { stdout } = await runHere(directory, ['status', '.', '--environments', 'envs/*.tfvars', '--format', 'html']);
  const table = section(readPage(stdout), 'report-environments').filter(({ tagName }) => tagName === 'tr');
  expect(table.map(row => all(row, 'th', 'td').map(textOf))).toEqual([
    ['environment', 'phase', 'next', 'blocked by'],
    ['dev', '4', 'clean-up, once all are here', 'nothing'],
    ['prod', '1', 'access_entries_phase = 2 in envs/prod.tfvars', 'nothing'],
  ]);
});

test('of several root modules each has a line that leads to its own section', async () => {
  const page = await pageOf(
    {
      'a/main.tf': rootModule(adminRow),
      'b/main.tf': rootModule(adminRow.replaceAll('admin', 'other')),
      'c/main.tf': rootModule().slice(0, 60),
    },
    '.',
  );
  const lines = all(page, 'tr').flatMap(row => all(row, 'th').flatMap(cell => all(cell, 'a')));
  expect(lines.map(textOf)).toEqual(['a', 'b', 'c']);
  const [a, b, c] = lines.map(link => {
    const id = (attributeOf(link, 'href') ?? '').slice(1);
    return all(page, 'section').find(one => attributeOf(one, 'aria-labelledby') === id) as Element;
  }) as [Element, Element, Element];
  expect([a, b].map(one => rowsOf(one, 'who').map(([first]) => codesIn(first as Element)[0]))).toEqual([
    ['arn:aws:iam::111122223333:role/admin'],
    ['arn:aws:iam::111122223333:role/other'],
  ]);
  expect(codesIn(a)).toContain('tf-access-entries status a --format html');
  expect(textOf(c)).toContain('Error TAE005 main.tf');
  expect(all(page, 'table').filter(table => hasClass(table, 'diff'))).toEqual([]);
});

describe('every page', () => {
  const commands: readonly (readonly [string, Readonly<Record<string, string>>, readonly string[]])[] = [
    ['a report', filesOf('accounts'), ['status', '.']],
    ['a list of many', { 'a/main.tf': rootModule(), 'b/main.tf': rootModule() }, ['status', '.']],
    ['findings', { 'main.tf': rootModule() }, ['check', '.']],
    ['policies', {}, ['policies']],
    ['a refusal', { 'main.tf': 'x' }, ['status', '.']],
  ];

  test.each(commands)(
    'of %s is whole: one h1, headings in order, tables with captions and heads, a way to the content',
    async (_name, files, args) => {
      const { stdout } = await runHere(directoryWith(files), [...args, '--format', 'html']);
      const page = readPage(stdout);
      expect(attributeOf(all(page, 'html')[0] as Element, 'lang')).toBe('en');
      const levels = all(page, 'h1', 'h2', 'h3', 'h4', 'h5', 'h6').map(({ tagName }) => Number(tagName[1]));
      expect(levels.filter(level => level === 1)).toHaveLength(1);
      for (const [index, level] of levels.entries()) expect(level).toBeLessThanOrEqual((levels[index - 1] ?? 0) + 1);
      for (const table of all(page, 'table')) {
        expect(textOf(all(table, 'caption')[0] as Element)).not.toBe('');
        for (const head of all(table, 'th')) expect(['col', 'row']).toContain(attributeOf(head, 'scope'));
      }
      const ids = all(page).flatMap(element => attributeOf(element, 'id') ?? []);
      expect(ids).toEqual([...new Set(ids)]);
      const links = all(page, 'a').map(link => attributeOf(link, 'href') ?? '');
      expect(links[0]).toBe('#content');
      for (const link of links.filter(one => one.startsWith('#'))) expect(ids).toContain(link.slice(1));
    },
  );

  test.each(commands)(
    'of %s runs and loads nothing, and its policy allows its style alone',
    async (_name, files, args) => {
      const { stdout } = await runHere(directoryWith(files), [...args, '--format', 'html']);
      const page = readPage(stdout);
      const names = new Set(all(page).map(({ tagName }) => tagName));
      for (const name of ['script', 'link', 'img', 'iframe', 'object', 'svg', 'form', 'base'])
        expect(names).not.toContain(name);
      const policy = all(page, 'meta').find(meta => attributeOf(meta, 'http-equiv') === 'Content-Security-Policy');
      const [style] = all(page, 'style').map(rawText);
      const hash = createHash('sha256')
        .update(style ?? '')
        .digest('base64');
      expect(attributeOf(policy as Element, 'content')).toBe(
        `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
      );
      expect(style).not.toMatch(/url\(|@import|@font-face/);
      for (const element of all(page))
        expect(element.attrs.map(({ name }) => name).filter(name => /^(on|src|style)/.test(name))).toEqual([]);
    },
  );
});
