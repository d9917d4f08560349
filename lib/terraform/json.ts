import type { JsonNode } from '../config/json.ts';
import { giveUp } from './evaluation/work.ts';

export type JsonReader = (text: string) => JsonNode | undefined;

/**
 * What reads JSON for `jsondecode`; loaded only for modules that call it. Undefined for what is no JSON, and that is also a
 * text with a byte order mark. Source: github.com/zclconf/go-cty, cty/json.
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
