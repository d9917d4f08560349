import type { Law } from '../project.ts';

/** Put together here, so that this file does not break its own law. */
const folders = ['work', 'root'].map(name => ({ name: `/${name}/`, pattern: new RegExp(`(?<![\\w.*-])/${name}/`) }));
const hosts = [
  ['npmjs', 'org'],
  ['npmjs', 'com'],
  ['pypi', 'org'],
  ['pythonhosted', 'org'],
  ['proxy', 'golang', 'org'],
  ['crates', 'io'],
].map(labels => labels.join('.'));

/** No paths of one machine and no hosts of package registries: both are where a file was made, not what it says. */
export const filesLeaveNoTraces: Law = files =>
  files.flatMap(({ path, text }) => [
    ...hosts.filter(host => text.includes(host)).map(host => `${path}: names ${host}`),
    ...folders.filter(({ pattern }) => pattern.test(text)).map(({ name }) => `${path}: names ${name}`),
  ]);
