/** Why a case is not run on an engine; each is named, so that a new one cannot slip in. */

const nothing = 'convert writes nothing for it: the conversion tests say what it says instead';
const shapes = 'the submodule takes list(any), and Terraform refuses rows of different shapes in one list';

export const notApplied: Readonly<Record<string, string>> = {
  'accept/code-that-cannot-be-accepted': nothing,
  'accept/every-acceptable-code': shapes,
  'blocked/tae306-wrong-keys': shapes,
  'blocked/tae307-groups-is-a-string': shapes,
  'blocked/tae318-groups-at-plan-time': shapes,
  'blocked/tae320-row-is-no-object': shapes,
  'clusters/count-on-the-call': nothing,
  'clusters/no-cluster-here': nothing,
  'clusters/second-writer': 'two resources create one ConfigMap: whichever comes second fails',
  'clusters/two-calls-for-one': nothing,
  'drop/matches-nothing': nothing,
  'groups/matches-nothing': nothing,
  'layout/json-module': nothing,
  'layout/no-eks-module': nothing,
  'layout/not-hcl': nothing,
  'layout/override-file': nothing,
  'layout/terragrunt': nothing,
  'mode/done': nothing,
  'mode/unknown': nothing,
  'partitions/china-and-govcloud': 'a cluster and its principals are in one partition, and this has two',
  'rows/expressions-in-fields': shapes,
  'rows/winner-with-a-wrong-key': shapes,
  'rows/without-username-and-groups': shapes,
  'versions/argument-the-submodule-does-not-know': nothing,
  'versions/fork': nothing,
  'versions/git-branch': nothing,
  'versions/inline-19': nothing,
  'versions/inline-arguments-at-20': nothing,
  'versions/installed-too-old': nothing,
  'versions/no-version': nothing,
  'versions/range-below': nothing,
  'versions/submodule-21': nothing,
};

export const saysNothingIsWritten = (reason: string): boolean => reason === nothing;
