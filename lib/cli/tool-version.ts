import { readPackageFile } from './io.ts';

export const toolVersion = async (): Promise<string> => {
  const manifest = (await readPackageFile('package.json'))?.toString('utf8') ?? '{}';
  return (JSON.parse(manifest) as { version?: string }).version ?? 'unknown';
};
