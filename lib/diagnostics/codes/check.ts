import { warning } from './definition.ts';

/** TAE701-TAE799: what `check` finds in a root module beside what stops a phase. */
export const checkCodes = {
  TAE701: warning(
    'aws-auth is still in use',
    '{call} writes the aws-auth ConfigMap. Access entries replace it.',
    '`tf-access-entries status` says at which phase of the migration the source is, `tf-access-entries convert` writes the phases.',
  ),
  TAE702: warning(
    'Row without an access entry',
    '{principal} has a row in aws-auth and no access entry in this root module. It loses what the row grants when aws-auth goes.',
    'Grant new access by an access entry instead. For rows that are there already, `tf-access-entries convert` writes entries.',
  ),
  TAE703: warning(
    'Suppression comment without effect',
    'This comment does not silence what it should: {reason}.',
    'Write `# tf-access-entries-ignore: TAE702 <reason>`; several codes are separated by commas.',
  ),
  TAE704: warning(
    'Suppression comment that matches nothing',
    'There is no {code} on the line that this comment covers.',
    'Remove the comment: it would hide the next such finding.',
  ),
};
