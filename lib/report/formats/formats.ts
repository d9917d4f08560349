import type { Format } from '../output.ts';

/**
 * The formats of all commands, one file each, loaded when one is asked for. `diff` beside them prints files, for `convert --diff`
 * and staged phases.
 */
export const formats = {
  pretty: async (): Promise<Format> => (await import('./pretty.ts')).pretty,
  json: async (): Promise<Format> => (await import('./json.ts')).json,
  sarif: async (): Promise<Format> => (await import('./sarif.ts')).sarif,
  github: async (): Promise<Format> => (await import('./github.ts')).github,
  markdown: async (): Promise<Format> => (await import('./markdown.ts')).markdown,
  html: async (): Promise<Format> => (await import('./html.ts')).html,
};

export type FormatName = keyof typeof formats;

/** What `--format` takes. */
export const formatNames = Object.keys(formats) as FormatName[];
