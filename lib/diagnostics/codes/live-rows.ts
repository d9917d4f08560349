import { blockedRow, blocker } from './definition.ts';

const decideByHand =
  'accept TAE310 for the principal in the config where the ConfigMap has the row with the same username and groups, drop the row where it has none of the principal.';

/** What is to be done about a row in a call that is off, by what is known of the live ConfigMap. */
const waysByLive = {
  unread: `Give the live ConfigMap with --aws-auth: \`kubectl get configmap aws-auth -n kube-system -o yaml > aws-auth.yaml\`. Or compare by hand: ${decideByHand}`,
  absent: 'Drop the row in the config, or accept TAE310 for the principal there to grant the access.',
  unmatched: `Which live rows are of this expression is not known. Compare by hand: ${decideByHand}`,
  ofCaller: `For a new row write an access entry in its place. Else compare by hand with the ConfigMap of that cluster: ${decideByHand}`,
};

/** TAE310 and TAE325-TAE327: rows beside those of the live ConfigMap. */
export const liveRowCodes = {
  TAE310: blockedRow<{ principal: string; call: string; live: keyof typeof waysByLive }>(
    'The mapping is not in force',
    ({ call, principal, live }) =>
      `${call} neither creates nor manages the ConfigMap, so the row of ${principal} is not known to be in force${live === 'absent' ? ', and the live ConfigMap has no row of this principal' : ''}. An entry might grant access that nobody has today.`,
    ({ live }) => waysByLive[live],
  ),
  TAE325: blocker('enable-api')<{ principal: string; source: string; live: string; isWritten: boolean }>(
    'Live row differs from the source',
    '{principal} has {live} in the live ConfigMap, and {source} in the source. Which of the two its entry is to be made of is not known.',
    ({ isWritten }) =>
      `${isWritten ? 'Write the rights you want into the source, apply it, get the ConfigMap and run again.' : 'No apply changes the live row. Write its rights into the source and run again, or change the ConfigMap as well and get it again.'} Accept TAE325 for the principal in the config to convert the row of the source as it stands.`,
  ),
  TAE326: blocker('enable-api')<{ principal: string; place: string; call: string; sure: boolean }>(
    'Row of the live ConfigMap that the next apply removes',
    ({ principal, place, call, sure }) =>
      `${principal} (${place}) is in the live ConfigMap and not in the source. ${call} ${sure ? 'manages' : 'may manage'} the ConfigMap: the next apply ${sure ? 'removes' : 'then removes'} the row, before there is an entry.`,
    'Add the row to the source, apply a plan that keeps the rows, and run again. Where it is not needed, apply the source, and get the ConfigMap again; if the row is still there, drop it in the config. Accept TAE326 for the principal there to treat the row as one of the source: from the next apply on it has no access until it has an entry.',
  ),
  TAE327: blockedRow<{ principal: string; call: string; isIgnored: boolean }>(
    'Row of the source that is not live',
    ({ principal, call, isIgnored }) =>
      `The row of ${principal} is not in the live ConfigMap. ${call} ${isIgnored ? 'ignores changes of its list' : 'does not manage the ConfigMap'}, so no apply brings the row back: it grants nothing today, and an entry would.`,
    'Drop the row in the config, or accept TAE327 for the principal there to grant the access.',
  ),
};
