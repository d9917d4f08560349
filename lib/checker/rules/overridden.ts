import { diagnose } from '../../diagnostics/index.ts';
import {
  blockAddress,
  blocksOf,
  callSource,
  isOverride,
  parseModuleSource,
  type RootModule,
} from '../../terraform/index.ts';
import { routeOfModule } from '../../parser/routes/routes.ts';
import type { Source } from '../../parser/index.ts';
import type { CheckRule } from '../entries.ts';

/**
 * Terraform merges an override file into the block of the same address, and rows are read from that block alone. Of what a phase edits
 * convert has its own words; this is about writers of aws-auth that no phase edits.
 * Source: developer.hashicorp.com/terraform/language/files/override.
 */
export const overriddenWriters: CheckRule = ({ source }) => {
  const { module } = source;
  const read = writersLeftAlone(source);
  return module.blocks.flatMap(({ type, labels, in: { file }, headerRange }) =>
    isOverride(file) && read.has(blockAddress(type, labels) ?? '')
      ? [diagnose('TAE031', { path: file }, headerRange)]
      : [],
  );
};

/** Their addresses. */
export const writersLeftAlone = ({ module, clusters, mappings, writers, elsewhere }: Source): ReadonlySet<string> => {
  const edited = new Set([...clusters, ...mappings].map(({ address }) => address));
  const all = [
    ...writers.map(({ mapping }) => mapping.address),
    ...elsewhere.flatMap(one => (one.module === module ? one.address : [])),
    ...callsThatTakeRows(module),
  ];
  return new Set(all.filter(address => !edited.has(address)));
};

/** Calls of modules that are known to write aws-auth, whatever they are handed where they are written. */
const callsThatTakeRows = (module: RootModule): readonly string[] =>
  blocksOf(module, 'module').flatMap(block => {
    const source = callSource(module, block);
    const route = source === undefined ? undefined : routeOfModule(parseModuleSource(source));
    return route ? (blockAddress(block.type, block.labels) ?? []) : [];
  });
