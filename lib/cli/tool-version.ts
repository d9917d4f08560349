import { readPackageFile } from './io.ts';

export const toolVersion = (): string => {
  const manifest = readPackageFile('package.json')?.toString('utf8') ?? '{}';
  return (JSON.parse(manifest) as { version?: string }).version ?? 'unknown';
};
