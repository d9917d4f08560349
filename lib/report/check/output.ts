import type { Finding, Output } from '../output.ts';
import { reportDiagnostics, type Texts } from '../places.ts';
import { checkSummary, type CheckCounts, type CheckReport } from './summary.ts';

/** What is left to look at in the root modules. `written`: the file of the baseline, when it was written. */
export const checkOutput = (
  findings: readonly Finding[],
  texts: Texts,
  counts: CheckCounts,
  written: string | undefined,
): Output => {
  const codes = [...new Set(findings.map(({ diagnostic }) => diagnostic.code))].toSorted();
  return {
    data: checkReport(findings, texts, counts),
    findings,
    texts,
    grouped: true,
    headline: checkSummary(counts),
    verdict: findings.length === 0 ? 'good' : counts.errors > 0 ? 'bad' : 'warned',
    details: written === undefined ? [] : [`Written: ${written}.`],
    readMore: codes.length === 0 ? [] : [`More about ${codes.join(', ')}: tf-access-entries explain ${codes[0]}`],
  };
};

const checkReport = (findings: readonly Finding[], texts: Texts, counts: CheckCounts): CheckReport => {
  const reported = reportDiagnostics(
    findings.map(({ diagnostic }) => diagnostic),
    texts,
  );
  return {
    version: 1,
    clean: findings.length === 0,
    counts: { ...counts },
    findings: reported.map((diagnostic, index) => ({
      module: findings[index]?.module ?? null,
      subject: findings[index]?.diagnostic.subject ?? null,
      ...diagnostic,
    })),
  };
};
