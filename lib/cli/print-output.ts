import { formats } from '../report/formats/index.ts';
import type { Format, Output, Surroundings } from '../report/output.ts';
import type { PrintFlags } from './arguments/options.ts';
import type { Host } from './host.ts';
import { pathsOf } from './path-of.ts';
import { toolVersion } from './tool-version.ts';

type Stream = 'stdout' | 'stderr';

/** Prints what a command has to say. Only what is for people goes elsewhere than to stdout. */
export const printOutput = async (
  output: Output,
  { format, noColor }: PrintFlags,
  host: Host,
  streams: { readonly findings?: Stream; readonly document?: Stream } = {},
): Promise<void> => {
  const [pathOf, version] = [await pathsOf(host.cwd), toolVersion()];
  const on = (stream: Stream): Surroundings => ({ style: host.style(stream, !noColor), pathOf, version });
  const { findings: findingsTo = 'stderr', document: asked = 'stdout' } = streams;
  const documentTo = format === 'pretty' ? asked : 'stdout';
  const { findings, document }: Format = formats[format];
  const found = findings?.(output, on(findingsTo)) ?? '';
  const text = document(output, on(documentTo));
  // A summary stands apart from the findings, also where a terminal shows both streams.
  if (found !== '') host[findingsTo](text === '' || output.hcl !== undefined ? found : `${found}\n`);
  if (text !== '') host[documentTo](text);
};
