import { diagnose, firstOf, type Code, type Diagnostic } from '../diagnostics/index.ts';
import { clusterByHand, type RowsElsewhere, type Source } from '../parser/index.ts';
import type { TransformOptions } from './context.ts';
import { applyRules } from './draft-of.ts';

/** Says where rows are that no phase rewrites. The live ConfigMap has them, whoever wrote them: where it is given, they are read. */
export const sayRowsElsewhere = ({ elsewhere, live }: Pick<Source, 'elsewhere' | 'live'>): readonly Diagnostic[] =>
  live ? [] : elsewhere.map(sayRows);

const sayRows = ({
  address,
  name,
  arguments: names,
  principals,
  unread,
  way,
  range,
  moves,
}: RowsElsewhere): Diagnostic => {
  const count = principals.length;
  const known = count === 0 ? [] : [count === 1 ? '1 row of aws-auth' : `${count} rows of aws-auth`];
  const others = count === 0 ? 'rows of aws-auth that only a plan knows' : 'others that only a plan knows';
  const rows = [...known, ...(unread.length > 0 ? [others] : [])].join(' and ');
  const place =
    names.length === 0 ? '' : ` in ${[names.slice(0, -1).join(', '), names.at(-1)].filter(Boolean).join(' and ')}`;
  const all = [...principals, ...unread];
  const principal = `${address}: ${all.toSorted().join(', ')}`;
  const args = { call: address, principal, rows: `${rows}${place}`, route: name, who: firstOf(all), way };
  return diagnose(moves ? 'TAE775' : 'TAE755', args, range);
};

/** What is wrong with such a row, whatever is done with it. Codes that are about a phase are left out. */
const ofRows: ReadonlySet<Code> = new Set<Code>([
  'TAE301',
  'TAE302',
  'TAE303',
  'TAE304',
  'TAE305',
  'TAE306',
  'TAE307',
  'TAE308',
  'TAE309',
  'TAE314',
  'TAE315',
  'TAE316',
  'TAE423',
]);

/** What the rules for rows of aws-auth say of those that come there in another way. */
export const judgeRowsElsewhere = (source: Source, options: TransformOptions): readonly Diagnostic[] =>
  source.elsewhere.flatMap(({ module, rows, address }) => {
    const [only, ...more] = source.clusters;
    const cluster = only && more.length === 0 ? only : clusterByHand(module, address);
    const drafts = applyRules(rows, { ...options, source: { ...source, module }, cluster });
    return drafts.flatMap(({ diagnostics }) => diagnostics.filter(({ code }) => ofRows.has(code)));
  });
