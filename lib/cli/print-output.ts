import { relative, resolve, sep } from 'node:path';
import { exitStatus } from '../diagnostics/index.ts';
import { formats } from '../report/formats/formats.ts';
import type { FilePath, Output, Surroundings } from '../report/output.ts';
import type { PrintFlags } from './arguments/commands.ts';
import type { Host } from './host.ts';
import { toolVersion } from './io.ts';
import { isInside, repositoryRoot } from './links.ts';

type Stream = 'stdout' | 'stderr';

/** Prints what a command has to say and returns its exit status. Only what is for people goes elsewhere than to stdout. */
export const printOutput = async (
  output: Output,
  { format, noColor }: PrintFlags,
  host: Host,
  streams: { readonly findings?: Stream; readonly document?: Stream } = {},
): Promise<number> => {
  const [pathOf, version] = [await pathsOf(host.cwd), toolVersion()];
  const on = (stream: Stream): Surroundings => ({
    style: host.style(stream, !noColor),
    width: host.width(stream),
    pathOf,
    version,
  });
  const { findings: findingsTo = 'stderr', document: asked = 'stdout' } = streams;
  const documentTo = format === 'pretty' ? asked : 'stdout';
  const { findings, document } = await formats[format]();
  const found = findings?.(output, on(findingsTo)) ?? '';
  const text = document(output, on(documentTo));
  // A summary stands apart from the findings, also where a terminal shows both streams.
  if (found !== '') host[findingsTo](text === '' || output.hcl !== undefined ? found : `${found}\n`);
  if (text !== '') host[documentTo](text);
  return exitStatus(output.findings.map(({ diagnostic }) => diagnostic));
};

/** What a file is called from the root of the repository, which is what SARIF and annotations count from. */
const pathsOf = async (cwd: string): Promise<(file: string) => FilePath> => {
  const root = (await repositoryRoot(cwd)) ?? cwd;
  return file => {
    const path = resolve(cwd, file);
    const outside = !isInside(root, path);
    const name = (outside ? path : relative(root, path) || '.').split(sep).join('/');
    // A drive of Windows is below the root of a file URI.
    return { path: outside && !name.startsWith('/') ? `/${name}` : name, outside };
  };
};
