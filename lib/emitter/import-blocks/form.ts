import { diagnose, type Diagnostic } from '../../diagnostics/index.ts';
import { printKey, quote, stringValue } from '../../hcl/index.ts';
import { engineConstraints, overlap, parseConstraint, type RootModule } from '../../terraform/index.ts';
import { render } from '../print-entry.ts';
import type { Import, Move } from './adopt.ts';
import { textOf } from './declared.ts';

type Engine = ReturnType<typeof engineOf>;

/**
 * Which versions may plan a module. `places` are the files that what is imported stands in. Terraform does not see a `.tofu` file, so one that has no `.tf` beside
 * it is for OpenTofu alone. Source: opentofu.org/docs/language/files.
 */
export const engineOf = (
  module: RootModule,
  files: ReadonlyMap<string, string>,
  places: readonly (string | undefined)[],
) => {
  const hasTwin = (path: string): boolean => files.has(path.replace(/\.tofu$/, '.tf'));
  // Of two files with one name only one is read here, and the engines read one each.
  const twins = [...files.keys()].filter(isTofu).some(hasTwin);
  const texts = twins ? [] : engineConstraints(module).map(constraint => stringValue(constraint) ?? '');
  const constraint = texts.length === 0 ? undefined : texts.join(', ');
  return {
    /** `required_version`, as written; undefined without one. */
    constraint,
    /** The same as a clause. */
    says: twins
      ? '.tf and .tofu files of one name may say different things about required_version'
      : constraint === undefined
        ? 'the module has no required_version'
        : `required_version is "${constraint}"`,
    onlyTofu: places.filter(isTofu).some(path => !hasTwin(path)),
    /** Whether a version of this range may plan it. */
    admits: (range: string) =>
      overlap(
        [range, ...texts].flatMap(text => parseConstraint(text) ?? []),
        'module',
      ),
  };
};

const isTofu = (path: string | undefined): path is string => path?.endsWith('.tofu') ?? false;

/** The imports into one resource. `each`: one block with `for_each`. */
type Group = { readonly resource: string; readonly imports: readonly Import[]; readonly each: boolean };

/** Only the first import block of a resource is used. Source: github.com/hashicorp/terraform issue 39068, mended in 1.16.1. */
const faulty = '= 1.16.0';

/**
 * The blocks as HCL, empty without any: one block per object, which Terraform has from 1.5 on; or one with `for_each`, from 1.7 on.
 * Source: developer.hashicorp.com/terraform/language/block/import.
 */
export const printBlocks = (
  cluster: string,
  imports: readonly Import[],
  moves: readonly Move[],
  engine: Engine,
  writtenFor: (resource: string) => number,
): { readonly hcl: string; readonly diagnostics: readonly Diagnostic[] } => {
  const resources = [...new Set(imports.map(({ to }) => to.resource))];
  const formed = resources.map(resource => {
    const into = imports.filter(({ to }) => to.resource === resource);
    return groupOf(resource, into, engine, writtenFor(resource));
  });
  const groups = formed.flatMap(one => ('each' in one ? [one] : []));
  const data = groups.map(group => ({
    ...group,
    imports: group.imports.map(({ to, id }) => ({ key: printKey(`${to.key}`), to: textOf(to), id: quote(id) })),
  }));
  const text = render('import-blocks', { cluster, groups: data, moves });
  const { constraint, says, onlyTofu, admits } = engine;
  // What an older engine refuses is seen at once, so it is no more than a note.
  const needed =
    constraint === undefined && groups.some(({ each }) => each)
      ? { what: 'Import blocks with for_each', version: '1.7', says }
      : constraint !== undefined && imports.length > 0 && !onlyTofu && admits('< 1.5')
        ? { what: 'Import blocks', version: '1.5', says }
        : undefined;
  return {
    hcl: text === '' ? '' : `${text}\n`,
    diagnostics: [
      ...formed.flatMap(one => ('each' in one ? [] : [one])),
      ...(needed ? [diagnose('TAE437', needed)] : []),
    ],
  };
};

const groupOf = (
  resource: string,
  imports: readonly Import[],
  { constraint, says, onlyTofu, admits }: Engine,
  written: number,
): Group | Diagnostic => {
  const refuse = (why: string): Diagnostic => diagnose('TAE226', { says, count: imports.length, resource, why });
  const form = (each: boolean): Group => ({ resource, imports, each: each && imports.length > 1 });
  if (!admits('>= 1.5')) return refuse('import blocks are known from 1.5 on');
  if (onlyTofu || imports.length + written === 1) return form(false);
  if (written > 0 && admits(faulty)) {
    return refuse(
      '1.16.0 uses the first import block of a resource only, and the source has one for it. Exclude it with "!= 1.16.0"',
    );
  }
  if (constraint === undefined || !admits('< 1.7')) return form(true);
  if (!admits(faulty)) return form(false);
  return refuse(
    'versions before 1.7 know no for_each there, and 1.16.0 uses the first import block of a resource only. Exclude one of the two, with ">= 1.7" or "!= 1.16.0"',
  );
};
