/**
 * Why a case is not run on an engine; each is named, so that a new one cannot slip in. Cases without a revision are not
 * here: nothing is written for them, which the conversion tests compare.
 */

const shapes = 'the submodule takes list(any), and Terraform refuses rows of different shapes in one list';
const opaque = 'the submodule takes list(any), and Terraform refuses a row it does not know yet beside a literal one';
const otherConfigMap =
  'its live ConfigMap is not what Terraform writes, and the stand-in begins with what Terraform writes';
const noProvider = 'the stand-in has no provider for one of its resources';
const oneProvider = 'one provider block serves two clusters here, and the stand-in keeps aws-auth per cluster';

export const notApplied: Readonly<Record<string, string>> = {
  'accept/every-acceptable-code': shapes,
  'blocked/tae306-wrong-keys': shapes,
  'blocked/tae307-groups-is-a-string': shapes,
  'blocked/tae318-groups-at-plan-time': shapes,
  'blocked/tae320-row-is-no-object': opaque,
  'clusters/for-each-on-both': oneProvider,
  'clusters/second-writer': 'two resources create one ConfigMap: whichever comes second fails',
  'config-map/by-hand-row-accepted': otherConfigMap,
  'config-map/by-hand-row-beside-created': otherConfigMap,
  'config-map/by-hand-row-dropped': otherConfigMap,
  'config-map/empty': otherConfigMap,
  'config-map/live-though-the-call-is-off': otherConfigMap,
  'config-map/node-rows-in-the-snapshot': otherConfigMap,
  'config-map/node-rows-of-eks': otherConfigMap,
  'config-map/not-in-terraform': otherConfigMap,
  'config-map/not-in-terraform-and-blocked': otherConfigMap,
  'config-map/not-read-by-the-authenticator': otherConfigMap,
  'config-map/principals-that-cannot-be-matched': otherConfigMap,
  'config-map/source-row-not-live-beside-created': otherConfigMap,
  'config-map/two-clusters-paired': otherConfigMap,
  'config-map/unquoted-account-ids': otherConfigMap,
  'inline/flags-are-off': otherConfigMap,
  'inline/for-each': oneProvider,
  'inline/self-managed-that-only-a-plan-knows': 'its phase 3 is refused, and without groups there is nothing to see',
  'lists/opaque-rows': opaque,
  'nodes/managed-by-generated-name': 'the names of its roles have a suffix that an engine makes up anew',
  'partitions/china-and-govcloud': 'a cluster and its principals are in one partition, and this has two',
  'raw/manifest': noProvider,
  'raw/two-cluster-resources': 'its second cluster has a ConfigMap of its own, and the suite has one',
  'raw/two-clusters': noProvider,
  'raw/two-resources': noProvider,
  'rows/expressions-in-fields': shapes,
  'rows/winner-with-a-wrong-key': shapes,
  'rows/without-username-and-groups': shapes,
  'shapes/for-each-on-the-module': oneProvider,
  'shapes/fork-of-the-module': 'nobody serves its fork of the module',
};
