import type { Expression, HclFile } from '../../hcl/index.ts';

/** Behind `create_access_entry = false` where phase 0 has written it, so that phase 2 knows its own from the author's. */
export const pinComment = 'until phase 2, add-access-entries';

/** Whether the value is one that phase 0 has written for the time until phase 2. */
export const isPinned = ({ text }: HclFile, { kind, range }: Expression): boolean => {
  if (kind !== 'bool') return false;
  const end = text.indexOf('\n', range.end);
  return text.slice(range.end, end === -1 ? text.length : end).trim() === `# ${pinComment}`;
};
