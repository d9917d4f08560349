import type { VerdictAdapter } from './view.ts';

export const json: VerdictAdapter = {
  findings: () => '',
  verdict: ({ report }) => `${JSON.stringify(report, null, 2)}\n`,
};
