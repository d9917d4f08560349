import type { Diagnostic } from '../diagnostics/index.ts';
import type { Finding, Output } from '../report/output.ts';
import type { ModuleRun } from './run-module.ts';

/** What is said about a root module, with files as they are called from where the command runs. */
export const namedFindings = (
  { label, nameOf, texts }: Pick<ModuleRun, 'label' | 'nameOf' | 'texts'>,
  diagnostics: readonly Diagnostic[],
): Pick<Output, 'findings' | 'texts'> => {
  const named = <Placed extends { readonly file: string }>(place: Placed): Placed => ({
    ...place,
    file: nameOf(place.file),
  });
  const finding = (diagnostic: Diagnostic): Finding => {
    const { range, related } = diagnostic;
    return {
      module: label,
      diagnostic: {
        ...diagnostic,
        ...(range ? { range: named(range) } : {}),
        ...(related ? { related: related.map(other => ({ ...other, range: named(other.range) })) } : {}),
      },
    };
  };
  const ranges = diagnostics.flatMap(({ range, related = [] }) => [range, ...related.map(other => other.range)]);
  // Only those that something points into: there may be thousands of files.
  const files = new Set(ranges.flatMap(range => range?.file ?? []));
  return {
    findings: diagnostics.map(finding),
    texts: new Map([...files].flatMap(file => (texts.has(file) ? [[nameOf(file), texts.get(file) ?? '']] : []))),
  };
};
