/** How the wire has a function invoked: the runtime's part, handed in, since processes are none of the world's. */

export interface Invocation {
  functionName: string;
  event: Buffer;
  requestId: string;
}

/** `throttled`: as many instances as the function may have are busy. */
export type InvocationAnswer =
  | { outcome: 'answered'; result: Buffer; instanceId: string; log: readonly string[] }
  | {
      outcome: 'failed';
      /** It was the initializer that failed: no event reached the function. */
      initializing?: true;
      errorType: string;
      errorMessage: string;
      stackTrace: readonly string[];
      instanceId: string;
      log: readonly string[];
    }
  | { outcome: 'throttled' };

export type Invoke = (invocation: Invocation) => Promise<InvocationAnswer>;
