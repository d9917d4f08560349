/** The part of `show -json` of a plan that is read here. https://developer.hashicorp.com/terraform/internals/json-format */
export type Plan = {
  format_version: string;
  terraform_version: string;
  resource_changes?: readonly ResourceChange[];
  output_changes?: Readonly<Record<string, { actions: readonly string[] }>>;
};

export type ResourceChange = {
  address: string;
  previous_address?: string;
  mode: 'managed' | 'data';
  type: string;
  name: string;
  index?: string | number;
  change: {
    actions: readonly string[];
    before: unknown;
    after: unknown;
    after_unknown?: unknown;
    importing?: { id?: string };
  };
};

/** Everything that the plan would do, reads of data sources left out. */
export function changesOf({ resource_changes = [] }: Plan): ResourceChange[] {
  return resource_changes.filter(
    ({ mode, change }) => mode === 'managed' && (change.actions.join() !== 'no-op' || change.importing !== undefined),
  );
}

/** For people: `2 create aws_eks_access_entry`. */
export function summary(plan: Plan): string {
  const counts = new Map<string, number>();
  for (const { type, change } of changesOf(plan)) {
    const verb = change.importing ? `import+${change.actions.join('/')}` : change.actions.join('/');
    const key = `${verb} ${type}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].map(([key, count]) => `${count} ${key}`).join(', ') || 'nothing';
}
