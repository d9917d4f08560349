import { format } from '@cdktf/hcl-tools';

/** What `terraform fmt` makes of a text. It may need several rounds, and drops a byte order mark. */
export const formatted = async (text: string): Promise<string> => {
  if (text.startsWith('\ufeff')) return `\ufeff${await formatted(text.slice(1))}`;
  let last = text;
  for (let round = 0; round < 5; round++) {
    const next = await format(last);
    if (next === last) return last;
    last = next;
  }
  return last;
};
