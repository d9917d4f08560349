import { createLocator, type Severity } from '../../diagnostics/index.ts';
import { plainLine, workflowCommand } from '../../escape/workflow-command.ts';
import type { Finding, Format, Output, Surroundings } from '../output.ts';
import { countOf, severities, worstFirst } from '../severity.ts';

/** GitHub shows so many annotations of each kind for a step. Source: actions/toolkit issue 734. */
const shownByGitHub = 10;

const commands = { error: 'error', warning: 'warning', note: 'notice' } as const satisfies Record<Severity, string>;

/** Annotations of a workflow run, the errors first, since GitHub shows the first ones only. */
export const github: Format = {
  document: (output, surroundings) => {
    const { findings, headline, details = [] } = output;
    const lines = worstFirst(findings).map(annotation(output, surroundings));
    const many = severities.some(severity => countOf(findings, severity) > shownByGitHub);
    const rest = `GitHub shows ${shownByGitHub} annotations of each kind for a step; the log has all of them, and so has --format sarif.`;
    const words = [...(headline === undefined ? [] : [headline]), ...details].map(plainLine);
    return [...lines, ...words, ...(many ? [rest] : [])].map(line => `${line}\n`).join('');
  },
};

const annotation = ({ texts }: Output, { pathOf }: Surroundings): ((finding: Finding) => string) => {
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
    return workflowCommand(commands[severity], properties, hint === undefined ? [message] : [message, hint]);
  };
};
