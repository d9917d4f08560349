/** The words of a text: a long list of names, as one reads it. */
export const words = (text: string): readonly string[] => text.trim().split(/\s+/);
