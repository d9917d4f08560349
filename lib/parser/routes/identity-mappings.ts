import type { Node } from 'yaml';
import type { Range } from '../../diagnostics/index.ts';
import type { PlacedBlock, RootModule } from '../../terraform/index.ts';
import { readManifests, type ReadManifest } from '../aws-auth/resource/raw-data.ts';
import { valueAt, type Part } from '../aws-auth/resource/manifest.ts';
import { rowsOfList } from '../aws-auth/resource/text-rows.ts';
import type { Row } from '../aws-auth/row.ts';
import { readRowList } from '../aws-auth/rows.ts';
import { repetitionOf } from '../clusters/repetition.ts';
import { placeOf, textOf, type Piece } from '../expressions/piece.ts';
import { namedMember, resolve } from '../expressions/resolve.ts';
import { literalsIn } from '../expressions/literals.ts';
import { routes, type Route } from './routes.ts';
import { principalsOf, type RowsElsewhere } from './rows-elsewhere.ts';

/** Objects of Kubernetes that stand for a row each. */
export const identityMappings = async (module: RootModule): Promise<readonly RowsElsewhere[]> => {
  const found = await Promise.all(module.blocks.map(block => readBlock(module, block)));
  return found.flat().filter(mapping => mapping !== undefined);
};

const readBlock = async (module: RootModule, block: PlacedBlock): Promise<readonly (RowsElsewhere | undefined)[]> =>
  Promise.all((await readManifests(module, block, [])).map(found => readOne(module, block, found)));

const readOne = async (
  module: RootModule,
  block: PlacedBlock,
  found: ReadManifest,
): Promise<RowsElsewhere | undefined> => {
  const { read, file } = found;
  const route = routes.find(({ seen }) => seen.kind === 'manifest' && isOf(module, seen.object, block, found));
  if (!route) return undefined;
  const rows = 'why' in read || !read.spec ? [] : await rowsOfSpec(module, read.spec, block.headerRange);
  const isMany = (file === undefined && repetitionOf({ block }).kind === 'many') || rows.length === 0;
  return {
    ...ofRoute(module, block, route),
    rows,
    principals: isMany ? [] : principalsOf(rows),
    unread: isMany ? (principalsOf(rows).length > 0 ? principalsOf(rows) : [textOfUnread(found)]) : [],
  };
};

const ofRoute = (module: RootModule, block: PlacedBlock, route: Route) => ({
  module,
  route,
  name: route.name,
  way: route.way,
  address: block.labels.join('.'),
  range: block.headerRange,
  arguments: [],
});

/** What only a plan knows: the spec, or all of it. */
const textOfUnread = ({ body, read }: ReadManifest): string =>
  textOf('spec' in read && read.spec && 'piece' in read.spec ? read.spec.piece : body).replace(/\s+/g, ' ');

/** What cannot be read is one where it says so, itself or by what it names. */
const isOf = (module: RootModule, object: string, block: PlacedBlock, { read, body }: ReadManifest): boolean => {
  if ('kind' in read && !('why' in read)) return read.kind === object;
  // The definition of the kind names it, too, deeper in its text.
  const asKind = new RegExp(`^(?:kind:\\s*["']?)?${object}\\b`, 'm');
  return textOf(body).includes(object) || asKind.test(literalsIn(module, block.body, block.in));
};

/** `arn`, `username` and `groups`. Source: kubernetes-sigs/aws-iam-authenticator, pkg/mapper/crd/apis. */
const rowsOfSpec = async (module: RootModule, spec: Part, place: Range): Promise<readonly Row[]> =>
  'piece' in spec ? rowsOfObject(module, spec.piece) : rowsOfText(module, spec, place);

const rowsOfObject = (module: RootModule, spec: Piece): readonly Row[] => {
  // What only a plan knows has no keys to look for.
  if (resolve(module, spec).expression.kind !== 'object') return [];
  const keys = { arn: 'rolearn', username: 'username', groups: 'groups' };
  const items = Object.entries(keys).flatMap(([name, key]) => {
    const value = namedMember(module, resolve(module, spec), name);
    return value ? [`${key} = ${textOf(value)}`] : [];
  });
  const list = { ...module.parseExpression(`[{\n${items.join('\n')}\n}]`), at: placeOf(spec) };
  return readRowList(module, list, { argument: 'spec', list: 'roles' }, []).rows;
};

const rowsOfText = async (
  module: RootModule,
  { map, text }: Extract<Part, { readonly map: Node }>,
  place: Range,
): Promise<readonly Row[]> => {
  const yaml = await import('yaml');
  const scalar = (node: unknown): string => (yaml.isScalar(node) && typeof node.value === 'string' ? node.value : '');
  const groups = valueAt(yaml, map, 'groups');
  const row = {
    list: 'mapRoles' as const,
    index: 0,
    arn: scalar(valueAt(yaml, map, 'arn')),
    username: scalar(valueAt(yaml, map, 'username')),
    groups: yaml.isSeq(groups) ? groups.items.map(scalar) : [],
  };
  const items = [{ index: 0, place, comments: [], text: '' }];
  const rows = rowsOfList(module, text, { argument: 'mapRoles', items, guards: [] }, { rows: [row], accounts: [] });
  return rows.map(one => ({ ...one, argument: 'spec' }));
};
