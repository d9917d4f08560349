import { codes, type Code } from './index.ts';

export const isCode = (text: string): text is Code => Object.hasOwn(codes, text);
