import { annotationOf, plainLine, workflowCommand } from '../workflow-command.ts';
import { worstFirst } from '../worst-first.ts';
import type { VerdictAdapter } from './view.ts';

/** Annotations of a workflow run. GitHub shows ten of each kind for a step, so errors come first. */
export const github: VerdictAdapter = {
  findings: () => '',
  verdict: ({ headline, diagnostics }) => {
    const lines = worstFirst(diagnostics, ({ severity }) => severity).map(({ code, severity, message, hint }) =>
      workflowCommand(annotationOf[severity], { title: code }, hint === undefined ? message : `${message}\n${hint}`),
    );
    return `${[...lines, plainLine(headline)].join('\n')}\n`;
  },
};
