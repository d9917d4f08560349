import type { Diagnostic } from '../../diagnostics/index.ts';
import type { AwsAuth } from '../../parser/aws-auth/live/index.ts';
import type { BoundBy } from './bindings.ts';
import type { Compared } from './principals.ts';

export type AccessContext = {
  readonly awsAuth: AwsAuth;
  readonly compared: readonly Compared[];
  /** Undefined where the bindings were not given. */
  readonly boundBy: BoundBy | undefined;
};

/** One thing that is said about a ConfigMap and the entries beside it. */
export type AccessRule = (context: AccessContext) => readonly Diagnostic[];
