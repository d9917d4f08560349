import { formats } from '../report/formats/index.ts';
import type { FormatName } from '../report/formats/names.ts';
import type { Format, Output, Surroundings } from '../report/output.ts';
import type { Host } from './host.ts';
import { pathsOf } from './path-of.ts';
import { toolVersion } from './tool-version.ts';

type Stream = 'stdout' | 'stderr';

/** How a command line asks for what is printed. */
export type PrintFlags = { readonly format: FormatName; readonly color: boolean };

/** Prints what a command has to say. Only what is for people goes elsewhere than to stdout. */
export const printOutput = async (
  output: Output,
  { format, color }: PrintFlags,
  host: Host,
  streams: { readonly findings?: Stream; readonly document?: Stream } = {},
): Promise<void> => {
  const [pathOf, version] = [await pathsOf(host.cwd), await toolVersion()];
  const on = (stream: Stream): Surroundings => ({ style: host.style(stream, color), pathOf, version });
  const { findings: findingsTo = 'stderr', document: asked = 'stdout' } = streams;
  const documentTo = format === 'pretty' ? asked : 'stdout';
  const { findings, document }: Format = formats[format];
  const found = findings?.(output, on(findingsTo)) ?? '';
  const text = document(output, on(documentTo));
  // A summary stands apart from the findings, also where a terminal shows both streams.
  if (found !== '') host[findingsTo](text === '' || output.hcl !== undefined ? found : `${found}\n`);
  if (text !== '') host[documentTo](text);
};
