import { annotationOf, plainLine, workflowCommand } from '../workflow-command.ts';
import type { VerdictAdapter } from './view.ts';

/** Annotations of a workflow run. GitHub shows ten of each kind for a step, so errors come first. */
export const github: VerdictAdapter = {
  findings: () => '',
  verdict: ({ headline, diagnostics }) => {
    const sorted = order.flatMap(severity => diagnostics.filter(diagnostic => diagnostic.severity === severity));
    const lines = sorted.map(({ code, severity, message, hint }) =>
      workflowCommand(annotationOf[severity], { title: code }, hint === undefined ? message : `${message}\n${hint}`),
    );
    return `${[...lines, plainLine(headline)].join('\n')}\n`;
  },
};

const order = ['error', 'warning', 'note'] as const;
