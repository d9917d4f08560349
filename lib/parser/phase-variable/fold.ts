import { entryFlag } from '../../eks/node-group-forms.ts';
import type { Range } from '../../diagnostics/index.ts';
import {
  attributesOf,
  remove,
  removeAttribute,
  removeBlock,
  replace,
  sourceOf,
  stringValue,
  unwrapParentheses,
  walk,
  type Edit,
  type Expression,
} from '../../hcl/index.ts';
import { groupBy } from '../../terraform/group-by.ts';
import type { PlacedBlock, RootModule } from '../../terraform/index.ts';
import { namesIn, withoutNew } from './kept-entries.ts';
import { isPlaceOfOurs } from './our-places.ts';
import {
  declaredPhase,
  fallbackOf,
  isPhase,
  leastOf,
  numberOf,
  phaseVariable,
  placedArguments,
  rowArguments,
  type PhasedSource,
  type Placed,
  type Written,
} from './phase-variable.ts';

/** What is folded is as in phase 2: every entry is there, and aws-auth as its author wrote it. */
const foldedAt = 2;

/**
 * Reads what `--per-environment` has written; undefined where the module has nothing of it. `edits` make of it the source as it is
 * without the variable, with every byte that it had.
 */
export const readPhasedSource = (module: RootModule): PhasedSource | undefined => {
  const block = declaredPhase(module);
  if (!block) return undefined;
  const folded = placedArguments(module)
    .filter(one => one.block !== block && mentionsPhase(one.argument.value))
    .map(one => ({ one, fold: foldArgument(one) }));
  if (!folded.some(({ fold }) => fold.edits.length > 0)) return undefined;
  const counted = folded.flatMap(({ one, fold }) => (fold.isCount ? [one.address.replace(/\.count$/, '')] : []));
  const edits = [...folded.flatMap(({ fold }) => fold.edits), ...indexesOf(module, counted), removal(block)];
  const fallback = fallbackOf(block);
  return {
    block,
    ...(fallback === undefined ? {} : { fallback }),
    least: leastOf(block),
    arguments: new Map(folded.flatMap(({ one, fold }) => (fold.written ? [[one.address, fold.written] as const] : []))),
    edits: groupBy(edits, ({ file }) => file),
    editsToStart: groupBy(
      [...folded.flatMap(({ one, fold }) => toStart(one, fold)), removal(block)],
      ({ file }) => file,
    ),
    kept: folded.flatMap(
      ({
        one: {
          argument: { value },
        },
      }) =>
        value.kind === 'for' && value.condition?.kind === 'binary' && value.condition.operator === '||'
          ? [...namesIn(value.condition.right)]
          : [],
    ),
    others: [
      ...folded.flatMap(({ fold }) => fold.others),
      ...[...module.json].flatMap(([file, text]) =>
        text.includes(phaseVariable) ? [{ file, start: 0, end: text.length }] : [],
      ),
    ],
  };
};

/** Where no newline ends the file, those before the block go with it. */
const removal = (block: PlacedBlock): Edit => {
  const { in: file, range } = block;
  const [gap] = range.end === file.text.length ? (/(?:\r?\n){2}$/.exec(file.text.slice(0, range.start)) ?? []) : [];
  return gap === undefined ? removeBlock(file, block) : remove({ ...range, start: range.start - gap.length });
};

type Fold = {
  readonly edits: readonly Edit[];
  readonly written?: Written;
  /** The argument was written for the variable alone. */
  readonly isCount?: boolean;
  readonly others: readonly Range[];
};

const foldArgument = (one: Placed): Fold => {
  const { value, name } = one.argument;
  const { in: file } = one.block;
  const kept = keptOf(value);
  if (kept === undefined) return foldInside(value, file.text);
  if (!isPlaceOfOurs(one)) return { edits: [], others: placesIn(value) };
  if (typeof kept === 'boolean') {
    const text = name === entryFlag ? 'false' : String(kept);
    return { edits: [replace(value.range, text)], written: { whole: sourceOf(file.text, value.range) }, others: [] };
  }
  if (name === 'count' && kept.kind === 'number') {
    return {
      edits: [removeAttribute(file, one.argument)],
      written: { whole: sourceOf(file.text, value.range) },
      isCount: true,
      others: [],
    };
  }
  const isMode = kept.kind === 'template';
  const before = { ...value.range, end: kept.range.start };
  const after = { ...value.range, start: kept.range.end };
  return {
    edits: [before, after].filter(({ start, end }) => start < end).map(remove),
    written: isMode
      ? { whole: sourceOf(file.text, value.range) }
      : { before: sourceOf(file.text, before), after: sourceOf(file.text, after) },
    others: placesIn(kept),
  };
};

/** What stays of an expression in phase 2; true or false where that is all it says, undefined where it is none of ours. */
const keptOf = (expression: Expression, at = foldedAt): Expression | boolean | undefined => {
  const holds = comparison(expression, at);
  if (holds !== undefined) return holds;
  if (expression.kind === 'conditional') {
    const decided = comparison(expression.condition, at);
    if (decided === undefined) return undefined;
    const arm = decided ? expression.then : expression.else;
    return arm.kind === 'conditional' && comparison(arm.condition) !== undefined ? keptOf(arm, at) : inner(arm);
  }
  return isFilter(expression) ? inner(expression.of) : undefined;
};

/**
 * What makes of an argument what it was before phase 1: the mode of then, and no entry but those that were there already.
 */
const toStart = (placed: Placed, { edits, isCount }: Fold): readonly Edit[] => {
  const { argument, block } = placed;
  const { value, name } = argument;
  if (!isPlaceOfOurs(placed)) return edits;
  const { in: file } = block;
  // All arguments of such a block stand under the variable; it goes once, with the first.
  const first = attributesOf(block.body).find(
    one => one.name === name || (rowArguments.has(one.name) && mentionsPhase(one.value)),
  );
  // An entry of which the author has a condition, too, has a count of both: `<phase> >= 2 ? (...) : 0`.
  const isEntry =
    isCount || (name === 'count' && value.kind === 'conditional' && comparison(value.condition, 0) === false);
  if (isEntry || (block.type === 'module' && rowArguments.has(name))) {
    return isEntry || first?.name === name ? [removeBlock(file, block)] : [];
  }
  if (value.kind === 'for' && value.condition?.kind === 'binary') {
    const { condition } = value;
    return condition.operator === '||'
      ? [...edits, ...withoutNew(value.of, namesIn(condition.right), file.text)]
      : [removeAttribute(file, argument)];
  }
  if (name !== 'authentication_mode') return edits;
  const mode = keptOf(value, 0);
  // What phase 1 writes does not say whether a mode was written before.
  const isOwn = typeof mode === 'object' && stringValue(mode) === 'CONFIG_MAP';
  return [isOwn ? replace(value.range, sourceOf(file.text, mode.range)) : removeAttribute(file, argument)];
};

/** Parentheses stand around what would read otherwise without. */
const inner = (expression: Expression): Expression =>
  expression.kind === 'parentheses' && ['conditional', 'parentheses'].includes(expression.inner.kind)
    ? expression.inner
    : expression;

/** `{ for key, entry in ... : key => entry if <phase> >= 2 }`, with entries that stay in every phase or without. */
const isFilter = (expression: Expression): expression is Extract<Expression, { kind: 'for' }> => {
  if (expression.kind !== 'for' || !expression.key || !expression.condition || expression.grouped) return false;
  const { keyName, valueName, key, value, condition } = expression;
  const isAsItIs =
    key.kind === 'variable' && key.name === keyName && value.kind === 'variable' && value.name === valueName;
  const first = condition.kind === 'binary' && condition.operator === '||' ? condition.left : condition;
  return isAsItIs && comparison(first) === true;
};

/** Whether the variable, compared with a number, holds at a phase. */
const comparison = (expression: Expression, at = foldedAt): boolean | undefined => {
  const compared = unwrapParentheses(expression);
  if (compared.kind !== 'binary' || !isPhase(compared.left)) return undefined;
  const number = numberOf(compared.right);
  return number === undefined ? undefined : compare[compared.operator]?.(at, number);
};

const compare: Readonly<Record<string, (phase: number, number: number) => boolean>> = {
  '>=': (phase, number) => phase >= number,
  '<': (phase, number) => phase < number,
};

/** The flag of a group stands inside of its defaults. */
const foldInside = (value: Expression, text: string): Fold => {
  const edits: Edit[] = [];
  let written: Written | undefined;
  const others: Range[] = [];
  walk(value, found => {
    if (found.kind === 'object')
      for (const item of found.items)
        if (item.name === entryFlag && comparison(item.value) !== undefined) {
          edits.push(replace(item.value.range, 'false'));
          written = { whole: sourceOf(text, item.value.range) };
        }
    if (isPhase(found) && !edits.some(({ start, end }) => start <= found.range.start && found.range.end <= end))
      others.push(found.range);
  });
  return { edits, ...(written ? { written } : {}), others };
};

const placesIn = (value: Expression): readonly Range[] => {
  const found: Range[] = [];
  walk(value, one => {
    if (isPhase(one)) found.push(one.range);
  });
  return found;
};

const mentionsPhase = (value: Expression): boolean => placesIn(value).length > 0;

/** What a resource without a count is called by: `aws_eks_access_entry.ci[0]` is `aws_eks_access_entry.ci`. */
const indexesOf = (module: RootModule, counted: readonly string[]): readonly Edit[] => {
  if (counted.length === 0) return [];
  const names = new Set(counted);
  return placedArguments(module).flatMap(({ argument: { value } }) => {
    const edits: Edit[] = [];
    walk(value, found => {
      if (found.kind === 'index' && numberOf(found.key) === 0 && names.has(resourceOf(found.of) ?? ''))
        edits.push(remove({ ...found.range, start: found.of.range.end }));
    });
    return edits;
  });
};

/** `aws_eks_access_entry.ci`, where an expression is that and no more. */
export const resourceOf = (expression: Expression): string | undefined =>
  expression.kind === 'get' && expression.of.kind === 'variable'
    ? `${expression.of.name}.${expression.name}`
    : undefined;
