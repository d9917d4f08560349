import type { Format } from '../output.ts';

export const jsonText = (data: object): string => `${JSON.stringify(data, null, 2)}\n`;

/** The data itself. Its schemas are published, one for each kind of report. */
export const json: Format = { document: ({ data }) => jsonText(data) };
