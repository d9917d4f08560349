import { builtinModules } from 'node:module';
import { isLibrary, type Law } from '../project.ts';
import { parse } from '../syntax.ts';

/** The files that may touch the machine. */
const exempt = /^lib\/(cli\/.*|node\.ts|hcl\/gate\.ts)$/;

const builtins = new Set(builtinModules);
const globals = ['process', 'Buffer', 'global', 'globalThis', 'require', '__dirname', '__filename', 'eval'];

export const coreIsPure: Law = files =>
  files
    .filter(file => isLibrary(file) && !exempt.test(file.path))
    .flatMap(({ path, text }) => {
      const { imports, names, makesFunctions } = parse(text);
      const modules = imports.filter(name => name?.startsWith('node:') || builtins.has(name ?? ''));
      return [
        ...modules.map(name => `${path}: imports ${name}`),
        ...globals.filter(name => names.has(name)).map(name => `${path}: uses ${name}`),
        ...(makesFunctions ? [`${path}: makes a function from text`] : []),
      ];
    });
