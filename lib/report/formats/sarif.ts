import { codes, docsUrl, createLocator, type Code, type Severity, type Place } from '../../diagnostics/index.ts';
import type { FilePath, Finding, Format, Output, Surroundings } from '../output.ts';
import { worstFirst } from '../severity.ts';
import { jsonText } from './json.ts';

/** GitHub refuses a run with more results, and keeps the first 5,000. Source: docs.github.com, results-exceed-limit. */
const most = 25_000;

/** SARIF 2.1.0 as GitHub code scanning reads it. Source: docs.github.com, sarif-support-for-code-scanning. */
export const sarif: Format = {
  document: (output, surroundings) => {
    const findings = worstFirst(output.findings).slice(0, most);
    const used = [...new Set(findings.map(({ diagnostic }) => diagnostic.code))].toSorted();
    const run = {
      tool: {
        driver: {
          name: 'tf-access-entries',
          semanticVersion: surroundings.version,
          informationUri: 'https://github.com/tf-access-entries/tf-access-entries',
          rules: used.map(ruleOf),
        },
      },
      columnKind: 'utf16CodeUnits',
      results: findings.map(resultIn(output, surroundings, used)),
    };
    return jsonText({ $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] });
  },
};

const ruleOf = (code: Code): object => {
  const { title, severity } = codes[code];
  const url = docsUrl(code);
  return {
    id: code,
    name: title.replaceAll(/(?:^|[^A-Za-z0-9]+)(\w?)/g, (_all, next: string) => next.toUpperCase()),
    shortDescription: { text: title },
    fullDescription: { text: title },
    helpUri: url,
    help: {
      text: `An example, the reason and the way out: ${url}`,
      markdown: `An example, the reason and the way out: [${code}](${url})`,
    },
    defaultConfiguration: { level: severity },
    properties: { precision: 'high', 'problem.severity': problemSeverity[severity], tags: ['eks', 'terraform'] },
  };
};

const problemSeverity: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  note: 'recommendation',
};

const resultIn = (
  { texts }: Output,
  { pathOf }: Surroundings,
  used: readonly Code[],
): ((finding: Finding) => object) => {
  const locate = createLocator(texts);
  return ({ module, diagnostic: { code, severity, message, hint, range, related = [] } }) => ({
    ruleId: code,
    ruleIndex: used.indexOf(code),
    level: severity,
    message: { text: plainText(hint === undefined ? message : `${message}\n${hint}`) },
    // GitHub shows nothing without a location: what has no place in a file is said of its directory.
    locations: [{ physicalLocation: placeIn(pathOf(range?.file ?? module ?? '.'), range && locate(range)) }],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((other, id) => ({
            id,
            message: { text: plainText(other.message) },
            physicalLocation: placeIn(pathOf(other.range.file), locate(other.range)),
          })),
        }),
  });
};

/** What looks like a link would be one. Source: SARIF 2.1.0, 3.11.6. */
const plainText = (text: string): string => text.replaceAll('](', '] (');

const placeIn = ({ path, outside }: FilePath, place: Place | undefined): object => ({
  artifactLocation: outside ? { uri: `file://${encoded(path)}` } : { uri: encoded(path), uriBaseId: '%SRCROOT%' },
  ...(place
    ? {
        region: {
          startLine: place.from.line,
          startColumn: place.from.column,
          endLine: place.to.line,
          endColumn: place.to.column,
        },
      }
    : {}),
});

/** A colon in a name would begin a scheme, and so is written as %3A, too. */
const encoded = (path: string): string => path.split('/').map(encodeURIComponent).join('/');
