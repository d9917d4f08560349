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

/** A path that is from `directory` on, from where `directory` is named. */
export const joinedPath = (directory: string, path: string): string => {
  const parts: string[] = [];
  for (const part of [...directory.split('/'), ...path.split('/')]) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return `${directory.startsWith('/') ? '/' : ''}${parts.join('/')}` || '.';
};
