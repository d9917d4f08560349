/**
 * Why a case is not run on an engine; each is named, so that a new one cannot slip in. Cases without a revision are not
 * here: nothing is written for them, which the conversion tests compare.
 */

const shapes = 'the submodule takes list(any), and Terraform refuses rows of different shapes in one list';
const opaque = 'the submodule takes list(any), and Terraform refuses a row it does not know yet beside a literal one';
const oneProvider = 'one provider block serves two clusters here, and the stand-in keeps aws-auth per cluster';

export const notApplied: Readonly<Record<string, string>> = {
  'accept/every-acceptable-code': shapes,
  'blocked/tae306-wrong-keys': shapes,
  'blocked/tae307-groups-is-a-string': shapes,
  'blocked/tae318-groups-at-plan-time': shapes,
  'blocked/tae320-row-is-no-object': opaque,
  'clusters/for-each-on-both': oneProvider,
  'clusters/second-writer': 'two resources create one ConfigMap: whichever comes second fails',
  'lists/opaque-rows': opaque,
  'partitions/china-and-govcloud': 'a cluster and its principals are in one partition, and this has two',
  'rows/expressions-in-fields': shapes,
  'rows/winner-with-a-wrong-key': shapes,
  'rows/without-username-and-groups': shapes,
  'shapes/for-each-on-the-module': oneProvider,
  'shapes/fork-of-the-module': 'nobody serves its fork of the module',
};
