import { diagnose, type Diagnostic } from '../../diagnostics/index.ts';
import type { Import } from './adopt.ts';
import type { Engine } from './engine.ts';

/** The imports into one resource, and how they are written. */
export type ImportGroup = {
  readonly resource: string;
  readonly imports: readonly Import[];
  /** `each`: one block with `for_each`. */
  readonly form: 'plain' | 'each';
};

export type Formed = { readonly groups: readonly ImportGroup[]; readonly diagnostics: readonly Diagnostic[] };

/**
 * One block per object, which Terraform has from 1.5 on; or one with `for_each`, from 1.7 on: of several blocks for one resource
 * Terraform 1.16.0 uses the first only, and creates what the others name.
 * Sources: developer.hashicorp.com/terraform/language/block/import; github.com/hashicorp/terraform issue 39068.
 */
export const formOf = (
  imports: readonly Import[],
  engine: Engine,
  writtenFor: (resource: string) => number,
): Formed => {
  const byResource = new Map<string, Import[]>();
  for (const one of imports) {
    const known = byResource.get(one.to.resource);
    if (known) known.push(one);
    else byResource.set(one.to.resource, [one]);
  }
  const formed = [...byResource].map(([resource, own]) => groupOf(resource, own, engine, writtenFor(resource)));
  return {
    groups: formed.flatMap(({ group }) => (group ? [group] : [])),
    diagnostics: [
      ...formed.flatMap(({ refusal }) => refusal ?? []),
      ...needs(
        engine,
        formed.some(({ group }) => group?.form === 'each'),
        imports.length > 0,
      ),
    ],
  };
};

const groupOf = (
  resource: string,
  imports: readonly Import[],
  engine: Engine,
  written: number,
): { readonly group?: ImportGroup; readonly refusal?: Diagnostic } => {
  const { says, onlyTofu, admitsFaulty } = engine;
  const refuse = (why: string): { readonly refusal: Diagnostic } => ({
    refusal: diagnose('TAE226', { says, count: imports.length, resource, why }),
  });
  const plain = { group: { resource, imports, form: 'plain' as const } };
  if (!engine.admitsFrom('1.5')) return refuse('import blocks are known from 1.5 on');
  if (onlyTofu || imports.length + written === 1) return plain;
  if (written > 0 && admitsFaulty) {
    return refuse(
      '1.16.0 uses the first import block of a resource only, and the source has one for it. Exclude it with "!= 1.16.0"',
    );
  }
  if (engine.constraint === undefined || !engine.admitsBefore('1.7')) {
    return { group: { resource, imports, form: imports.length === 1 ? 'plain' : 'each' } };
  }
  if (!admitsFaulty) return plain;
  return refuse(
    'versions before 1.7 know no for_each there, and 1.16.0 uses the first import block of a resource only. Exclude one of the two, with ">= 1.7" or "!= 1.16.0"',
  );
};

/** What an older engine refuses: that is seen at once, so it is no more than a note. */
const needs = (engine: Engine, each: boolean, any: boolean): readonly Diagnostic[] => {
  const { constraint, says } = engine;
  if (each && constraint === undefined)
    return [diagnose('TAE437', { what: 'Import blocks with for_each', version: '1.7', says })];
  if (any && constraint !== undefined && !engine.onlyTofu && engine.admitsBefore('1.5'))
    return [diagnose('TAE437', { what: 'Import blocks', version: '1.5', says })];
  return [];
};
