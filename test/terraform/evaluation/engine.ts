import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';

/**
 * What an engine made of an expression: its value as `jsonencode` writes it with its type as the state holds it, an error
 * that `try` catches, or, rarely, a value that is unknown even to it, or a refusal of all there is.
 */
export type Outcome =
  | { readonly kind: 'value'; readonly json: string; readonly type: unknown }
  | { readonly kind: 'error' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'refused'; readonly message: string };

/** Evaluates many expressions at once; `files` lie beside them. Needs no provider. */
export function evaluateOnEngine(
  path: string,
  expressions: readonly string[],
  files: Readonly<Record<string, string>> = {},
): readonly Outcome[] {
  const directory = mkdtempSync(join(tmpdir(), 'evaluate-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
    const outputs = expressions.map((expression, index) => outputOf(`e${index}`, expression));
    writeFileSync(join(directory, 'outputs.tf'), outputs.join(''));
    writeFileSync(join(directory, 'rc'), '');
    const { status, stderr, stdout } = spawnSync(path, ['apply', '-auto-approve', '-no-color', '-input=false'], {
      cwd: directory,
      encoding: 'utf8',
      env: { ...env, TF_CLI_CONFIG_FILE: join(directory, 'rc'), CHECKPOINT_DISABLE: '1' },
    });
    if (status !== 0) return refused(path, expressions, files, `${stderr}${stdout}`);
    const state = JSON.parse(readFileSync(join(directory, 'terraform.tfstate'), 'utf8')) as State;
    return expressions.map((_, index) => outcomeOf(state.outputs[`e${index}`]));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Something is refused before anything is evaluated: looks for what it is. */
function refused(
  path: string,
  expressions: readonly string[],
  files: Readonly<Record<string, string>>,
  message: string,
): readonly Outcome[] {
  if (expressions.length <= 1) return expressions.map(() => ({ kind: 'refused', message: message.slice(0, 1000) }));
  const half = Math.ceil(expressions.length / 2);
  return [expressions.slice(0, half), expressions.slice(half)].flatMap(part => evaluateOnEngine(path, part, files));
}

type Output = { readonly value: { readonly ok: boolean; readonly json: string | null }; readonly type: unknown };
type State = { readonly outputs: Readonly<Record<string, Output>> };

/** Sensitive, since `sensitive(...)` may be in it. The newlines are for heredocs. */
const outputOf = (name: string, expression: string): string => `output "${name}" {
  sensitive = true
  value = try({
    ok    = true
    json  = jsonencode(${expression}
    )
    value = ${expression}
  }, { ok = false, json = null })
}
`;

function outcomeOf(output: Output | undefined): Outcome {
  if (!output || output.value === null) return { kind: 'unknown' };
  if (!output.value.ok) return { kind: 'error' };
  if (output.value.json === null) return { kind: 'unknown' };
  const [, attributes] = output.type as readonly [string, Readonly<Record<string, unknown>>];
  return { kind: 'value', json: output.value.json, type: attributes['value'] };
}
