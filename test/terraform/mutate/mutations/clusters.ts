import { replace } from '../edits.ts';
import type { Mutation } from '../mutation.ts';

const two = 'shapes/local-of-two-clusters';
const ofGreen =
  (edit: (text: string) => string): Mutation['edit'] =>
  (text, _phase, file) =>
    file === 'green.tf' ? edit(text) : text;

/** Of two clusters the second is left behind, or gets what is the first one's. */
export const ofClusters: readonly Mutation[] = [
  {
    name: 'the second of two clusters never goes to API',
    of: two,
    from: 'api-only',
    edit: ofGreen(replace('"API"', '"API_AND_CONFIG_MAP"')),
  },
  {
    name: 'the second of two clusters keeps its aws-auth',
    of: two,
    from: 'remove-aws-auth',
    edit: ofGreen(replace(/manage_aws_auth_configmap( *)= false/, 'manage_aws_auth_configmap$1= true')),
  },
  {
    name: 'the second of two clusters gets no entries',
    seldom: true,
    of: two,
    from: 'add-access-entries',
    only: true,
    edit: ofGreen(replace(/ {2}access_entries = \{[^]*?\n {2}\}\n/, '')),
  },
  {
    name: 'the entries of the second of two clusters in the first',
    seldom: true,
    of: 'clusters/two-with-provider-aliases',
    from: 'add-access-entries',
    edit: text => {
      const [, only = ''] = / {2}access_entries = (\{\n {4}viewers[^]*?\n {4}\}\n)/.exec(text) ?? [];
      const [blue = '', green = ''] = text.split('module "green" {');
      const platform = /( {4}platform = \{[^]*?\n {4}\}\n)/.exec(blue)?.[1] ?? '';
      return only === '' || platform === ''
        ? text
        : `${blue.replace(platform, '')}module "green" {${green.replace(/access_entries = \{\n/, found => found + platform)}`;
    },
  },
];
