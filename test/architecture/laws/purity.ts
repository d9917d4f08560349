import { isLibrary, type Law } from '../project.ts';
import { parse } from '../syntax.ts';

/** The files that may touch the machine. */
const exempt = /^lib\/(cli\/.*|node\.ts|hcl\/gate\.ts)$/;

const globals = ['process', 'Buffer', 'global', 'globalThis', 'require', '__dirname', '__filename', 'eval'];

/** What it imports is looked at by dependency-cruiser. */
export const coreIsPure: Law = files =>
  files
    .filter(file => isLibrary(file) && !exempt.test(file.path))
    .flatMap(({ path, text }) => {
      const { names, makesFunctions } = parse(text);
      return [
        ...globals.filter(name => names.has(name)).map(name => `${path}: uses ${name}`),
        ...(makesFunctions ? [`${path}: makes a function from text`] : []),
      ];
    });

/** dependency-cruiser passes over these. */
export const importsCanBeFollowed: Law = files =>
  files.filter(isLibrary).flatMap(({ path, text }) => {
    const { importsInTypes, computedImports } = parse(text);
    return [
      ...(computedImports ? [`${path}: imports what it computes`] : []),
      ...(importsInTypes ? [`${path}: imports inside a type`] : []),
    ];
  });
