/** A path without its dots. Undefined for one that leads out of the root module. */
export const pathInside = (text: string): string | undefined => {
  if (text === '' || /^[/~]|\\/.test(text)) return undefined;
  const parts: string[] = [];
  for (const part of text.split('/')) {
    if (part === '..' && parts.pop() === undefined) return undefined;
    if (part !== '..' && part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
};
