import type { VerdictAdapter } from './view.ts';

/**
 * Annotations of a workflow run. GitHub shows ten of each kind for a step, so errors come first.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export const github: VerdictAdapter = {
  findings: () => '',
  verdict: ({ headline, diagnostics }) => {
    const sorted = order.flatMap(severity => diagnostics.filter(diagnostic => diagnostic.severity === severity));
    const lines = sorted.map(({ code, severity, message, hint }) => {
      const command = severity === 'note' ? 'notice' : severity;
      const text = hint === undefined ? message : `${message}\n${hint}`;
      return `::${command} title=${property(code)}::${data(text)}`;
    });
    return `${[...lines, plainLine(headline)].join('\n')}\n`;
  },
};

const order = ['error', 'warning', 'note'] as const;

const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/** A line of its own must not be taken for a command. */
const plainLine = (text: string): string => data(text).replace(/^\s*::/, '');
