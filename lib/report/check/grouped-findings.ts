import { createLocator, type Diagnostic } from '../../diagnostics/index.ts';
import { terminalText } from '../../escape/terminal.ts';
import { groupBy } from '../../terraform/group-by.ts';
import { findingsText } from '../findings.ts';
import type { Finding, Output, Surroundings } from '../output.ts';
import type { Texts } from '../places.ts';
import { countsText } from '../severity.ts';
import { table } from '../table.ts';

/** So many findings of one code in one file are each shown whole. */
const most = 5;

/** So many of the others are named. */
const named = 3;

/**
 * Findings of root modules for people: those of each below a heading, where there are several, and of many that are alike in one
 * file the first one, with the places of a few others.
 */
export const groupedFindingsText = ({ findings, texts }: Output, { style, width }: Surroundings): string => {
  const modules = groupBy(findings, ({ module }) => module);
  const hasHeadings = [...modules.keys()].filter(module => module !== undefined).length > 1;
  return [...modules]
    .map(([module, found]) => {
      const { shown, more } = folded(found, texts, width);
      const text = findingsText(shown, texts, style, { more, width });
      const heading = `${terminalText(module ?? '')}: ${countsText(found)}`;
      return hasHeadings && module !== undefined ? `${style('bold', heading)}\n\n${text}` : text;
    })
    .join('\n');
};

type Folded = { readonly shown: readonly Diagnostic[]; readonly more: (first: Diagnostic) => readonly string[] };

const folded = (findings: readonly Finding[], texts: Texts, width: number | undefined): Folded => {
  const diagnostics = findings.map(({ diagnostic }) => diagnostic);
  const alike = groupBy(diagnostics, ({ code, range }) => `${code} ${range?.file ?? ''}`);
  const many = [...alike.values()].filter(group => group.length > most);
  const others = new Map(many.map(([first, ...rest]) => [first, rest]));
  const hidden = new Set([...others.values()].flat());
  const locate = createLocator(texts);
  const placeOf = ({ range }: Diagnostic): string => {
    const place = range && locate(range);
    return place ? `${place.from.line}:${place.from.column}` : '';
  };
  return {
    shown: diagnostics.filter(diagnostic => !hidden.has(diagnostic)),
    more: first => {
      const rest = others.get(first) ?? [];
      if (rest.length === 0) return [];
      const isTold = new Set([first, ...rest].map(({ subject }) => subject)).size > rest.length;
      const rows = rest
        .slice(0, named)
        .map(one => [placeOf(one), terminalText((isTold && one.subject) || one.message)]);
      return [
        `  ${rest.length} more of ${first.code} in this file:`,
        ...table(rows, width && width - 4).flatMap(lines => lines.map(line => `    ${line}`)),
        `    and ${rest.length - named} more: --format json lists all of them`,
      ];
    },
  };
};
