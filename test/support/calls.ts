import { Session } from 'node:inspector/promises';

type Counted<T> = { readonly result: T; readonly calls: (name: string) => number };

/** What a function returns, and how often it calls the functions of these names in files below a directory. */
export const callsIn = async <T>(directory: string, task: () => T): Promise<Counted<T>> => {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  const result = task();
  const { result: scripts } = await session.post('Profiler.takePreciseCoverage');
  await session.post('Profiler.stopPreciseCoverage');
  session.disconnect();
  const functions = scripts.filter(({ url }) => url.includes(directory)).flatMap(script => script.functions);
  return {
    result,
    calls: name =>
      functions
        .filter(({ functionName }) => functionName === name)
        .reduce((sum, { ranges }) => sum + (ranges[0]?.count ?? 0), 0),
  };
};
