import type { Comment } from '../../../hcl/index.ts';

type Yaml = typeof import('yaml');

/** What the lexer puts before the text of a scalar, which may begin with the sign of a comment; it is not in the source. */
const scalarMark = '\u001f';
const marks = new Set(['\u0002', '\u0018', scalarMark]);

/** The comments of a YAML text, at their places in it. */
export const yamlComments = (yaml: Yaml, text: string): readonly Comment[] => {
  const comments: Comment[] = [];
  let [at, isScalar] = [0, false];
  for (const token of new yaml.Lexer().lex(text)) {
    if (token.startsWith('#') && !isScalar) {
      const comment = token.trimEnd();
      comments.push({ range: { file: '', start: at, end: at + comment.length }, text: comment });
    }
    isScalar = token === scalarMark;
    if (!marks.has(token)) at += token.length;
  }
  return comments;
};
