/** The order of Go's strings: by bytes of UTF-8, which is by code points. JavaScript's is by UTF-16 units. */
export const compareText = (a: string, b: string): number => {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const [x, y] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (x === y) continue;
    const [high, low] = [x >= 0xd800 && x <= 0xdfff, y >= 0xd800 && y <= 0xdfff];
    return high === low ? x - y : high ? 1 : -1;
  }
  return a.length - b.length;
};

/** In the order in which Terraform goes through an object or map. */
export const sortedEntries = <T>(entries: ReadonlyMap<string, T>): readonly (readonly [string, T])[] =>
  [...entries].toSorted(([a], [b]) => compareText(a, b));
