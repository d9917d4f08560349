/** What `--format` takes. Apart from the formats, so that a command line is read before a format is loaded. */
export const formatNames = ['pretty', 'json', 'sarif', 'github', 'markdown'] as const;

export type FormatName = (typeof formatNames)[number];
