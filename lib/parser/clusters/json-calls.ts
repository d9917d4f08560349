import type { RootModule } from '../../terraform/index.ts';

const eksModule = 'terraform-aws-modules/eks';

/** The files in JSON that call the eks module. They are read for references, and not edited. */
export const jsonFilesWithEks = ({ json }: RootModule): readonly string[] =>
  [...json].filter(([, text]) => namesEks(text)).map(([path]) => path);

/** A string may be written with escapes, such as `\/`, so that the text alone does not tell. What is no JSON is searched as it is. */
const namesEks = (text: string): boolean => {
  const open: unknown[] = [parsed(text)];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === 'string' && value.includes(eksModule)) return true;
    if (typeof value === 'object' && value !== null) for (const member of Object.values(value)) open.push(member);
  }
  return false;
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};
