/** `error` stops something, see the code's exit status and phase; `warning` and `note` stop nothing. */
export type Severity = 'error' | 'warning' | 'note';
