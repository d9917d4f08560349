import { findingsText } from '../findings.ts';
import { visible } from '../width.ts';
import { checkSummary } from './summary.ts';
import type { CheckAdapter } from './view.ts';

/** For people at a terminal. */
export const pretty: CheckAdapter = ({ findings, counts, texts, style, written }) => {
  const diagnostics = findings.map(({ diagnostic }) => diagnostic);
  const text = findingsText({ diagnostics, texts, nameOf: file => file, style });
  const codes = [...new Set(diagnostics.map(({ code }) => code))].toSorted();
  const more = codes.length === 0 ? [] : [`More about ${codes.join(', ')}: tf-access-entries explain ${codes[0]}`];
  const lines = [...(written === undefined ? [] : [`Written: ${visible(written)}.`]), ...more];
  return `${[...(text === '' ? [] : [text]), style('bold', checkSummary(counts)), ...lines].join('\n')}\n`;
};
