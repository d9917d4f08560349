import { createLocator } from '../places.ts';
import { annotationOf, plainLine, workflowCommand } from '../workflow-command.ts';
import { bySeverity } from './order.ts';
import { checkSummary } from './summary.ts';
import type { CheckAdapter, CheckView, Finding } from './view.ts';

/** GitHub shows so many annotations of each kind for a step. Source: actions/toolkit issue 734. */
const shownByGitHub = 10;

/** Annotations of a workflow run. */
export const github: CheckAdapter = view => {
  const { findings, counts } = view;
  const lines = bySeverity(findings).map(annotation(view));
  const many = [counts.errors, counts.warnings, counts.notes].some(count => count > shownByGitHub);
  const rest = `GitHub shows ${shownByGitHub} annotations of each kind for a step; the log has all of them, and so has --format sarif.`;
  return `${[...lines, plainLine(checkSummary(counts)), ...(many ? [rest] : [])].join('\n')}\n`;
};

const annotation = ({ texts, pathOf }: CheckView): ((finding: Finding) => string) => {
  const locate = createLocator(texts);
  return ({ diagnostic: { code, severity, message, hint, range } }) => {
    const place = range && locate(range);
    const file = range && pathOf(range.file);
    const properties = {
      file: file?.outside === true ? undefined : file?.path,
      line: place?.from.line,
      endLine: place?.to.line,
      // Columns count on one line only.
      ...(place && place.from.line === place.to.line ? { col: place.from.column, endColumn: place.to.column } : {}),
      title: code,
    };
    return workflowCommand(annotationOf[severity], properties, hint === undefined ? message : `${message}\n${hint}`);
  };
};
