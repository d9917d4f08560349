/** What a comment `# tf-access-entries-ignore: TAE702 reason` says. Codes are as written: whether they are there is for others. */
export type Suppression = { readonly codes: readonly string[]; readonly reason: string };

const pattern = /^tf-access-entries-ignore(?![\w-])\s*:?\s*(?<codes>[\w-]+(?:\s*,\s*[\w-]+)*)?[\s:,-]*(?<reason>.*)$/s;

/** Reads a comment with its marks (`#`, `//`, `/*`); nothing for one that is about something else. */
export const readSuppression = (comment: string): Suppression | undefined => {
  const text = comment
    .replace(/^(#+|\/\/+|\/\*+)/, '')
    .replace(/\*+\/\s*$/, '')
    .replaceAll(/\s*\n[\s*]*/g, ' ')
    .replace(/^[\s*]+/, '')
    .trimEnd();
  const found = pattern.exec(text)?.groups;
  if (!found) return undefined;
  return { codes: found['codes']?.split(/\s*,\s*/) ?? [], reason: found['reason'] ?? '' };
};
