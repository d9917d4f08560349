import { textValue } from '../evaluation/template.ts';
import { listOf, stringType } from '../evaluation/types.ts';
import { giveUp, spend, spendText } from '../evaluation/work.ts';
import { errorOf, type Value } from '../value.ts';

/** The first line names the columns. Source: github.com/zclconf/go-cty, cty/function/stdlib/csv.go; Go's encoding/csv. */
export const decodeCsv = (text: string): Value => {
  spendText(text.length);
  const records = readRecords(text);
  if (!records) return errorOf('this is no valid CSV');
  const [header, ...rows] = records;
  if (!header) return errorOf('the header line is missing');
  const names = header.map(name => name.normalize('NFC'));
  if (new Set(names).size !== names.length) return errorOf('two columns have the same name');
  if (rows.some(row => row.length !== header.length)) return errorOf('a line has another number of fields');
  const items = rows.map((row): Value => {
    spend(row.length);
    return { kind: 'object', entries: new Map(row.map((field, index) => [names[index]!, textValue(field)])) };
  });
  const attributes = new Map(names.map(name => [name, stringType]));
  return { kind: 'list', items, type: listOf({ kind: 'object', attributes }) };
};

/** Undefined for quotes that are out of place. */
const readRecords = (source: string): string[][] | undefined => {
  const text = source.replaceAll('\r\n', '\n');
  if (text.includes('\r')) return giveUp();
  const records: string[][] = [];
  let record: string[] = [];
  for (let at = 0; at < text.length;) {
    if (record.length === 0 && text[at] === '\n') {
      at++;
      continue;
    }
    const field = text[at] === '"' ? readQuoted(text, at) : readBare(text, at);
    if (!field) return undefined;
    record.push(field.text);
    at = field.end;
    if (text[at] === ',') {
      at++;
      if (at < text.length && text[at] !== '\n') continue;
      record.push('');
    }
    records.push(record);
    record = [];
    at++;
  }
  return records;
};

type Field = { readonly text: string; readonly end: number };

const readBare = (text: string, at: number): Field | undefined => {
  const end = at + (/^[^,\n]*/.exec(text.slice(at, at + 100_000))?.[0].length ?? 0);
  const field = text.slice(at, end);
  return field.includes('"') ? undefined : { text: field, end };
};

const readQuoted = (text: string, at: number): Field | undefined => {
  let field = '';
  for (let from = at + 1; ;) {
    const quote = text.indexOf('"', from);
    if (quote === -1) return undefined;
    field += text.slice(from, quote);
    const next = text[quote + 1];
    if (next !== '"')
      return next === undefined || next === ',' || next === '\n' ? { text: field, end: quote + 1 } : undefined;
    field += '"';
    from = quote + 2;
  }
};
