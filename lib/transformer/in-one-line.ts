/** An expression as messages print it, in which each run of blanks and line ends is one blank. */
export const inOneLine = (text: string): string => text.replace(/\s+/g, ' ');
