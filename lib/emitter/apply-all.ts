import { applyEdits, realign, type Edit } from '../hcl/index.ts';

/** The files that the edits touch, as they are afterwards. */
export const applyAll = (files: ReadonlyMap<string, string>, edits: readonly Edit[]): ReadonlyMap<string, string> => {
  const byFile = new Map<string, Edit[]>();
  for (const edit of edits) {
    const known = byFile.get(edit.file);
    if (known) known.push(edit);
    else byFile.set(edit.file, [edit]);
  }
  return new Map(
    [...byFile].map(([file, edited]) => {
      const before = files.get(file);
      if (before === undefined) throw new Error(`an edit of ${file}, which is no file of the module`);
      return [file, realign(before, applyEdits(before, edited))];
    }),
  );
};
