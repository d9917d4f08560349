import { giveUp, spendText } from '../evaluation/work.ts';

/**
 * Scripts in which user-perceived characters are the same in every version of Unicode that Terraform and a JavaScript engine
 * may have: up to Armenian, general punctuation and symbols, CJK, common emoji.
 */
const stable =
  /^(?:[\u0000-\u058f\u1e00-\u27bf\u3000-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef\u{1f300}-\u{1faff}]|\ufe0f)*$/u;

/** The user-perceived characters of a text, which is what Terraform counts. */
export const graphemes = (text: string): readonly string[] => {
  spendText(text.length);
  if (/^[\u0020-\u007e]*$/.test(text)) return text.split('');
  if (!stable.test(text)) return giveUp();
  return Array.from(new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text), ({ segment }) => segment);
};

export const graphemeCount = (text: string): number => graphemes(text).length;
