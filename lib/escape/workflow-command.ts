import { terminalText, visibleLine, withoutControls } from './terminal.ts';

/**
 * Commands of a workflow run, and how their parts are written. Each of `lines` is a line of the annotation.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands, actions/toolkit command.ts
 */
export const workflowCommand = (
  name: string,
  properties: Readonly<Record<string, string | number | undefined>>,
  lines: readonly string[],
): string => {
  const given = Object.entries(properties).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${property(String(value))}`],
  );
  return `::${name} ${given.join(',')}::${lines.map(line => data(visibleLine(line))).join('%0A')}`;
};

const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const property = (text: string): string => data(withoutControls(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');

/** A line of its own, which must not be taken for a command. */
export const plainLine = (text: string): string => data(terminalText(text));
