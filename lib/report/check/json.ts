import { reportDiagnostics } from '../places.ts';
import type { CheckFinding, CheckReport } from './report.ts';
import type { CheckAdapter, CheckView } from './view.ts';

export const checkReport = ({ findings, counts, texts }: CheckView): CheckReport => ({
  version: 1,
  clean: findings.length === 0,
  counts: { ...counts },
  findings: reportedFindings({ findings, texts }),
});

const reportedFindings = ({ findings, texts }: Pick<CheckView, 'findings' | 'texts'>): CheckFinding[] => {
  const reported = reportDiagnostics(
    findings.map(({ diagnostic }) => diagnostic),
    texts,
  );
  return reported.map((diagnostic, index) => ({
    module: findings[index]?.module ?? null,
    subject: findings[index]?.diagnostic.subject ?? null,
    ...diagnostic,
  }));
};

export const json: CheckAdapter = view => `${JSON.stringify(checkReport(view), null, 2)}\n`;
