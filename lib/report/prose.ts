import wrapAnsi from 'wrap-ansi';

/** In a terminal narrower than this lines are left to the terminal: words and ARNs would stand one below the other. */
const narrowest = 60;

/** Stands for a space at which no line may end. */
const joint = '\ue000';

/** What is copied from the terminal, up to the end of its sentence: a code span, a quotation, a command. */
const copied =
  /`[^`]+`|"tf-access-entries [^"]+"|\b(?:tf-access-entries [a-z]|aws [a-z-]+ [a-z-]+ -|kubectl [a-z-]|terra(?:form|grunt) (?:[a-z-]+ -|state |import )|bash \S).*?(?<=\S)(?=[.;,:]? *$|[.;] )/g;

/**
 * A line for people, as lines of a terminal; without a width it stays one. No command is broken: what is longer than the terminal is wrapped
 * by the terminal itself, and a selection of it is whole. `indent` begins all lines but the first.
 */
export const prose = (line: string, width: number | undefined, indent = '  '): string => {
  if (width === undefined || width < narrowest || line.includes(joint)) return line;
  const [start = ''] = /^ */.exec(line) ?? [];
  const joined = line.slice(start.length).replace(copied, command => command.replaceAll(' ', joint));
  const [first = '', ...others] = wrapAnsi(joined, width - Math.max(start.length, indent.length)).split('\n');
  return [`${start}${first}`, ...others.map(other => `${indent}${other}`)].join('\n').replaceAll(joint, ' ');
};
