import type { Data } from './authenticator.ts';

type StillFails = (data: Data) => Promise<boolean>;

/** The ConfigMap with all taken away that its difference does not need: keys, then lines, then words. */
export const smallest = async (data: Data, stillFails: StillFails): Promise<Data> => {
  let best = data;
  for (const key of Object.keys(data)) {
    const { [key]: _left, ...others } = best;
    if (await stillFails(others)) best = others;
  }
  for (const separator of ['\n', ' ']) {
    for (const key of Object.keys(best)) best = await smallerText(best, key, separator, stillFails);
  }
  return best;
};

/** Takes away ever smaller stretches of the parts of a text. */
const smallerText = async (data: Data, key: string, separator: string, stillFails: StillFails): Promise<Data> => {
  let parts = (data[key] ?? '').split(separator);
  const withParts = (own: readonly string[]): Data => ({ ...data, [key]: own.join(separator) });
  for (let length = parts.length; length >= 1; length = Math.floor(length / 2)) {
    for (let start = parts.length - length; start >= 0; start--) {
      const fewer = parts.toSpliced(start, length);
      if (fewer.length < parts.length && (await stillFails(withParts(fewer)))) parts = fewer;
    }
  }
  return withParts(parts);
};
