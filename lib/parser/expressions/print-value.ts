import { printKey, quote } from '../../hcl/index.ts';
import { knownString, type Value } from '../../terraform/index.ts';

/** HCL of a value; undefined when a part of it is not known. */
export const printValue = (value: Value): string | undefined => {
  switch (value.kind) {
    case 'string': {
      const text = knownString(value);
      return text === undefined ? undefined : quote(text);
    }
    case 'number':
      return value.text;
    case 'bool':
      return String(value.value);
    case 'null':
      return 'null';
    case 'list': {
      const items = value.items.map(printValue);
      return items.every(item => item !== undefined) ? `[${items.join(', ')}]` : undefined;
    }
    case 'object': {
      const items = [...value.entries].map(([name, member]) => [printKey(name), printValue(member)] as const);
      if (!items.every(([, member]) => member !== undefined)) return undefined;
      return `{ ${items.map(([name, member]) => `${name} = ${member}`).join(', ')} }`;
    }
    default:
      return undefined;
  }
};
