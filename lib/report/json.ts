import type { Report } from './report.ts';
import type { Adapter } from './view.ts';

export const reportText = (report: Report): string => `${JSON.stringify(report, null, 2)}\n`;

/** The report itself is the summary; its diagnostics are not printed a second time. */
export const json: Adapter = { findings: () => '', summary: ({ report }) => reportText(report) };
