/** The path that stands for stdin. */
export const stdinPath = '-';
