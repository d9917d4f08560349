import type { JsonNode } from '../config/json.ts';
import type { Scope } from './evaluate.ts';
import { giveUp } from './evaluation/work.ts';

/** What reads the texts that functions are given. */
export type Readers = Pick<Scope, 'readJson' | 'readRegex' | 'readYaml'>;

/** Those that are called somewhere in the texts: each takes a while to load. */
export const loadReaders = async (texts: readonly string[]): Promise<Readers> => {
  const calls = (name: RegExp): boolean => texts.some(text => name.test(text));
  return {
    ...(calls(/\bjsondecode\b/) ? { readJson: await loadJson() } : {}),
    // There may be a comment before the parenthesis.
    ...(calls(/\b(?:regex|regexall|replace)\s*[(/#]/)
      ? { readRegex: await (await import('./regex.ts')).loadRegex() }
      : {}),
    ...(calls(/\byamldecode\b/) ? { readYaml: await (await import('./yaml.ts')).loadYaml() } : {}),
  };
};

export type JsonReader = (text: string) => JsonNode | undefined;

/**
 * What reads JSON for `jsondecode`. Undefined for what is no JSON, and that is also a text with a byte order mark.
 * Source: github.com/zclconf/go-cty, cty/json.
 */
export const loadJson = async (): Promise<JsonReader> => {
  const { JsonError, JsonTooDeep, readJsonDocuments } = await import('../config/json.ts');
  return text => {
    try {
      const [root, second] = readJsonDocuments(text);
      return second || text.startsWith('\ufeff') ? undefined : root;
    } catch (error) {
      if (error instanceof JsonTooDeep) return giveUp();
      if (error instanceof JsonError) return undefined;
      throw error;
    }
  };
};
