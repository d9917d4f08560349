/** `accept[0].reason`, `groups["system:masters"].policy`. */
export const pathText = (path: readonly PropertyKey[]): string => {
  const steps = path.map((step, index) => {
    if (typeof step === 'number') return `[${step}]`;
    const name = String(step);
    if (!/^[\w$]+$/.test(name)) return `[${JSON.stringify(name)}]`;
    return index === 0 ? name : `.${name}`;
  });
  return steps.length === 0 ? 'the config' : steps.join('');
};
