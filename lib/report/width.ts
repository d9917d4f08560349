const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

// East Asian wide and fullwidth blocks, and what is drawn as an emoji.
// Source: https://www.unicode.org/reports/tr11/
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|\ufe0f|[\u{20000}-\u{3fffd}]/u;

/** The columns a terminal gives to a text without tabs. */
export const widthOf = (text: string): number => {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const { segment } of segmenter.segment(text)) {
    width += wide.test(segment) ? 2 : /^[\p{Mark}\p{Format}]+$/u.test(segment) ? 0 : 1;
  }
  return width;
};

export const padTo = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)));
