/** Colours a text; handed in, so that this room knows nothing of terminals. */
export type Style = (color: 'red' | 'yellow' | 'cyan' | 'green' | 'bold' | 'dim', text: string) => string;

export const plain: Style = (_color, text) => text;
