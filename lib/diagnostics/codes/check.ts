import { warning } from './definition.ts';

/** TAE701-TAE799: what `check` finds in a root module beside what stops a phase. */
export const checkCodes = {
  TAE701: warning<{ call: string }>({
    title: 'aws-auth is still in use',
    message: ({ call }) => `${call} writes the aws-auth ConfigMap. Access entries are to take its place.`,
    hint: () =>
      '`tf-access-entries status` says at which phase of the migration the source is, `tf-access-entries convert` writes the phases.',
  }),
  TAE702: warning<{ principal: string }>({
    title: 'Row without an access entry',
    message: ({ principal }) =>
      `${principal} has a row in aws-auth and no access entry in this root module. What it has by the row, it loses when aws-auth goes.`,
    hint: () =>
      'Grant new access by an access entry instead. For rows that are there already, `tf-access-entries convert` writes entries.',
  }),
};
