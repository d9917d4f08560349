import type { Scope } from './evaluate.ts';

/** What reads the texts that functions are given. */
export type Readers = Pick<Scope, 'readJson' | 'readRegex' | 'readYaml'>;

/** Those that are called somewhere in the texts: each takes a while to load. */
export const loadReaders = async (texts: readonly string[]): Promise<Readers> => {
  const calls = (name: RegExp): boolean => texts.some(text => name.test(text));
  return {
    ...(calls(/\bjsondecode\b/) ? { readJson: await (await import('./json.ts')).loadJson() } : {}),
    ...(calls(/\b(?:regex|regexall|replace)\s*\(/)
      ? { readRegex: await (await import('./regex.ts')).loadRegex() }
      : {}),
    ...(calls(/\byamldecode\b/) ? { readYaml: await (await import('./yaml.ts')).loadYaml() } : {}),
  };
};
