import { visible } from './terminal.ts';

/** Text that is not taken for markup: an address holds brackets and underscores. Backticks mark code in our own messages. */
export const escaped = (text: string): string =>
  visible(text)
    .split(/(`[^`]*`)/)
    .map((part, at) => (at % 2 === 1 ? part : part.replace(/[\\*_[\]<>#|~]/g, String.raw`\$&`)))
    .join('');

export const codeText = (text: string): string => {
  const shown = visible(text).replaceAll('|', String.raw`\|`);
  if (shown === '') return '';
  return shown.includes('`') ? `\`\` ${shown} \`\`` : `\`${shown}\``;
};
