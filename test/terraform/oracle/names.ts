/** Which names an access entry takes. https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html */

/** Of a user name as of a group. */
export function isReserved(name: string): boolean {
  return ['system:', 'eks:', 'aws:', 'amazon:', 'iam:'].some(prefix => name.startsWith(prefix));
}

/** No template but that of the session, and that behind a colon; a name that is empty is none. */
export function takesUsername(name: string): boolean {
  const [before = '', ...rest] = name.split(/\{\{SessionName(?:Raw)?\}\}/);
  const others = [before, ...rest].join('');
  return name !== '' && !isReserved(name) && !others.includes('{{') && (rest.length === 0 || before.includes(':'));
}
