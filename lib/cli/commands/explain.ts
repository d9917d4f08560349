import { codes, diagnose, docsUrl, isCode } from '../../diagnostics/index.ts';
import type { ExplainFlags } from '../arguments/commands.ts';
import type { Host } from '../host.ts';
import { readPackageFile } from '../io.ts';
import { printDiagnostics } from '../print-diagnostics.ts';

/** Prints the page of a code. */
export const explainCommand = async ({ code }: ExplainFlags, host: Host): Promise<number> => {
  const known = code.toUpperCase();
  if (!isCode(known)) {
    const { codesNear } = await import('../arguments/suggest.ts');
    return printDiagnostics(diagnose('TAE107', { code, near: codesNear(known, Object.keys(codes)) }), host);
  }
  const page = readPackageFile(`docs/codes/${known}.md`);
  host.stdout(page?.toString('utf8') ?? `# ${known}: ${codes[known].title}\n\n${docsUrl(known)}\n`);
  return 0;
};
