import { defined, type Range } from '../diagnostics/index.ts';
import {
  attribute,
  blocks,
  sourceOf,
  stringValue,
  type Attribute,
  type Expression,
  type HclFile,
} from '../hcl/index.ts';
import type { Unit } from './terragrunt-includes.ts';

/**
 * A file that Terragrunt writes beside those of the module. `path` ends with what is known of it, after `…` where it is computed; without a
 * text that is computed.
 */
export type GeneratedFile = {
  readonly title: string;
  readonly path: string;
  readonly text?: string;
  readonly range: Range;
  /** It is written only where there is no file of that name. */
  readonly skips: boolean;
};

/**
 * What `generate` writes, in the unit and in what it includes, of which the unit may have one of the same name in its place.
 * Source: terragrunt.gruntwork.io/docs/reference/hcl/blocks (generate)
 */
export const generatedFiles = ({ file, included }: Unit): readonly GeneratedFile[] => {
  const own = generatedIn(file);
  const titles = new Set(own.map(({ title }) => title));
  const others = included.flatMap(({ file: other, merge }) =>
    (other ? generatedIn(other) : []).filter(({ title }) => merge === 'over' || !titles.has(title)),
  );
  return [...own, ...others];
};

type Argument = (name: string) => Expression | undefined;

/** It is a block, or an attribute that has the blocks by their names. */
const generatedIn = (file: HclFile): readonly GeneratedFile[] => {
  const ofBlocks = blocks(file.body, 'generate').flatMap(({ labels: [name = ''], body, headerRange }) =>
    generatedBy(file, `generate "${name}"`, headerRange, argument => attribute(body, argument)?.value),
  );
  const written = attribute(file.body, 'generate');
  return [...ofBlocks, ...(written ? generatedByAttribute(file, written) : [])];
};

const generatedByAttribute = (file: HclFile, { value, nameRange }: Attribute): readonly GeneratedFile[] => {
  if (value.kind !== 'object') return [{ title: 'generate', path: unknown, range: nameRange, skips: false }];
  return value.items.flatMap(({ name = '', value: one, key }) =>
    generatedBy(file, `generate "${name}"`, key.range, argument =>
      one.kind === 'object' ? one.items.find(item => item.name === argument)?.value : undefined,
    ),
  );
};

const unknown = '…';

const generatedBy = (file: HclFile, title: string, range: Range, argument: Argument): readonly GeneratedFile[] => {
  const disable = argument('disable');
  if (disable?.kind === 'bool' && disable.value) return [];
  const [path, contents] = [argument('path'), argument('contents')];
  const [text, exists] = [contents && textOf(file, contents), argument('if_exists')];
  const skips = exists !== undefined && stringValue(exists) === 'skip';
  return [{ title, path: pathFrom(file, path), range, skips, ...defined({ text }) }];
};

const pathFrom = ({ text }: HclFile, path: Expression | undefined): string => {
  if (path?.kind !== 'template' || path.heredoc) return unknown;
  const written = sourceOf(text, path.range).slice(1, -1);
  const known = written.slice(written.lastIndexOf('}') + 1);
  return known === written || known.startsWith('/') ? known : `${unknown}${known}`;
};

/** As it is written. A line that begins with an interpolation may be anything. */
const textOf = ({ text }: HclFile, contents: Expression): string | undefined => {
  if (contents.kind !== 'template') return undefined;
  const written = sourceOf(text, contents.range);
  const lines = contents.heredoc ? written : written.slice(1, -1).replaceAll('\\n', '\n').replaceAll('\\"', '"');
  return /^\s*\$\{/m.test(lines) ? undefined : lines;
};
