let segmenter: Intl.Segmenter | undefined;

/** The grapheme clusters of a text, which is what HCL counts columns in. ICU takes a while to load, and most texts need none of it. */
export const graphemesOf = (text: string): readonly Intl.SegmentData[] => [
  ...(segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' })).segment(text),
];
