import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

type Files = ReadonlyMap<string, string>;

const directory = fileURLToPath(new URL('../../templates/modules/', import.meta.url));

/** The files of the module that is copied beside a root module, as they are in the package, by path. */
const shipped: Files = new Map(
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => path.join(entry.parentPath, entry.name))
    .map(file => [path.relative(directory, file), readFileSync(file, 'utf8')]),
);

/** The files of a revision without a whole copy of the module in its usual place. One that is not as it ships stays. */
export const withoutEntriesModule = (files: Files): Files => {
  const isWhole = [...shipped].every(([file, text]) => files.get(file) === text);
  return isWhole ? new Map([...files].filter(([file]) => !shipped.has(file))) : files;
};
