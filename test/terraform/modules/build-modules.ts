import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { inRange, namedReleases } from './releases.ts';

/*
 * Makes the stand-in of terraform-aws-modules/eks for one release from modules/source, or from modules/source-17 before 18.0.0,
 * which had other names throughout:
 *   *.tf         real HCL; "#: <range>" at the end of a line keeps the line for those releases only,
 *                "#: begin <range>" ... "#: end" does so for a block
 *   inputs.txt   one variable a line: name, type, default, releases
 *   outputs.txt  one output a line: name | releases | "after access" | expression
 */

const sourceOf = (version: string): string =>
  fileURLToPath(new URL(inRange('<18.0.0', version) ? './source-17' : './source', import.meta.url));

/** Submodules that are not in every release. */
const submoduleReleases: ReadonlyMap<string, string> = new Map([
  ['modules/aws-auth', '>=20.0.0 <21.0.0'],
  ['modules/hybrid-node-role', '>=20.31.0'],
]);

/** Names that this project has no files of: 17.x has the only submodule with an underscore. */
const realName = (path: string): string => path.replace(/^modules\/node-groups\//, 'modules/node_groups/');

/** Path inside the module -> text, for one release. */
export function moduleFiles(version: string, source: string = sourceOf(version)): Map<string, string> {
  const files = new Map<string, string>();
  for (const path of listFiles(source)) {
    if (!inRange(submoduleReleases.get(dirname(path)) ?? '', version)) continue;
    const [target, text] = convert(path, readFileSync(join(source, path), 'utf8'), version);
    if (text.trim() !== '') files.set(realName(target), text);
  }
  // Submodules without a versions.tf have the floors of the root, which alone wrote to Kubernetes before 20.0.0.
  const floors = files.get('versions.tf')!.replace(/\n    kubernetes = \{[^}]*\}/, '');
  for (const path of [...files.keys()].filter(file => file.startsWith('modules/') && file.endsWith('/main.tf'))) {
    const versions = path.replace('main.tf', 'versions.tf');
    if (!files.has(versions)) files.set(versions, floors);
  }
  return files;
}

function listFiles(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .toSorted();
}

function convert(path: string, text: string, version: string): [string, string] {
  if (path.endsWith('inputs.txt')) return [path.replace('inputs.txt', 'variables.tf'), variables(text, version)];
  if (path.endsWith('outputs.txt')) return [path.replace('outputs.txt', 'outputs.tf'), outputs(text, version)];
  return [path, select(text, version)];
}

/** Keeps what holds for a release and drops the marks. */
export function select(text: string, version: string): string {
  const open: boolean[] = [];
  const kept: string[] = [];
  for (const line of text.split('\n')) {
    const mark = /^(.*?)\s*#: ((?:begin )?[<>]\S.*|end)$/.exec(line);
    const begin = mark && /^begin (.*)$/.exec(mark[2]!);
    if (begin) open.push(inRange(begin[1]!, version));
    else if (mark?.[2] === 'end') open.pop();
    else if (open.every(Boolean) && (!mark || inRange(mark[2]!, version))) kept.push(mark ? mark[1]! : line);
  }
  if (open.length > 0) throw new Error('"#: begin" without "#: end"');
  // A dropped line can leave two empty ones, or one at the start of a body.
  return kept
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/\{\n\n/g, '{\n')
    .replace(/^\n+/, '');
}

function rows(text: string): string[] {
  return text.split('\n').filter(line => line.trim() !== '' && !line.startsWith('#'));
}

function variables(text: string, version: string): string {
  const blocks = rows(text).flatMap(line => {
    const [name = '', type = '', value = '', range = ''] = line.split(/\s{2,}/);
    if (!inRange(range, version)) return [];
    const attributes = value === '-' ? [`type = ${type}`] : [`type    = ${type}`, `default = ${value}`];
    return [block('variable', name, attributes)];
  });
  return blocks.join('\n');
}

function outputs(text: string, version: string): string {
  const blocks = rows(text).flatMap(line => {
    const cells = /^([^|]*)\|([^|]*)\|([^|]*)\|(.*)$/.exec(line)?.slice(1);
    if (!cells) throw new Error(`not an output: ${line}`);
    const [name = '', range = '', after = '', expression = ''] = cells.map(cell => cell.trim());
    if (!inRange(range, version)) return [];
    const value = `value = ${expression}`;
    return [block('output', name, after === 'after access' ? [value, ...afterAccess] : [value])];
  });
  return blocks.join('\n');
}

/**
 * Since 20.8.5 whoever uses the cluster's name or endpoint waits until the runner has access.
 * https://github.com/terraform-aws-modules/terraform-aws-eks/pull/3000
 */
const afterAccess = ['', 'depends_on = [aws_eks_access_entry.this, aws_eks_access_policy_association.this]'];

function block(type: string, name: string, lines: readonly string[]): string {
  return `${type} "${name}" {\n${lines.map(line => (line === '' ? '' : `  ${line}`)).join('\n')}\n}\n`;
}

/** Writes eks/<version>/ under a directory, for a look at what the registry serves. */
function writeModule(version: string, directory: string): void {
  const root = join(directory, 'eks', version);
  rmSync(root, { recursive: true, force: true });
  for (const [path, text] of moduleFiles(version)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

if (argv[1] && import.meta.url === pathToFileURL(argv[1]).href) {
  const [, , directory, ...versions] = argv;
  if (!directory) throw new Error('usage: build-modules.ts <directory> [version...]');
  for (const version of versions.length > 0 ? versions : namedReleases) writeModule(version, directory);
}
