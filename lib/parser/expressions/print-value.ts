import { printKey, quote } from '../../hcl/index.ts';
import { knownString, spend, withinWork, type Scope, type Value } from '../../terraform/index.ts';

/** HCL of a value; undefined when a part of it is not known, or it is more text than anybody reads. */
export const printValue = (value: Value, scope: Scope): string | undefined => withinWork(scope, () => print(value));

const print = (value: Value): string | undefined => {
  spend(1);
  switch (value.kind) {
    case 'string': {
      const text = knownString(value);
      if (text !== undefined) spend(text.length >> 4);
      return text === undefined ? undefined : quote(text);
    }
    case 'number':
      return value.text;
    case 'bool':
      return String(value.value);
    case 'null':
      return 'null';
    case 'list': {
      const items = value.items.map(print);
      return items.every(item => item !== undefined) ? `[${items.join(', ')}]` : undefined;
    }
    case 'object': {
      const items = [...value.entries].map(([name, member]) => [printKey(name), print(member)] as const);
      if (!items.every(([, member]) => member !== undefined)) return undefined;
      return `{ ${items.map(([name, member]) => `${name} = ${member}`).join(', ')} }`;
    }
    default:
      return undefined;
  }
};
