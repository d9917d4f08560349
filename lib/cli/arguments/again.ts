import { shellQuote } from '../../escape/shell.ts';
import { moduleOptions, printOptions, type ModuleFlags } from './commands.ts';
import { camel } from './syntax.ts';

/** The flags that say what a root module is read with, as they were given: another command has to read it in the same way. */
export const flagsAgain = (flags: ModuleFlags): string =>
  Object.keys(moduleOptions)
    .filter(name => !(name in printOptions))
    .flatMap(name => {
      const given = [flags[camel(name) as keyof ModuleFlags] ?? []].flat();
      return given.flatMap(value => {
        if (typeof value === 'boolean') return value ? [` --${name}`] : [];
        return [` --${name} ${shellQuote(value)}`];
      });
    })
    .join('');
