/**
 * What the platform's services ask of each other on behalf of a role: requests to the world like any other's, with RAM
 * asked before they are served, and signed by nobody.
 */
import { type FcOutput, fcRequest } from '../world/fc/operations';
import { smqRequest } from '../world/smq/operations';
import type { Caller } from '../world/world';
import { requireTrust, type TrustedService } from './function-credentials';
import type { WorldShell } from './world-shell';

/** The account itself where no role is given: then nothing narrows what the platform does. */
export function callerFor(shell: WorldShell, accountId: string, role: string | null, service: TrustedService): Caller {
  if (role !== null) requireTrust(shell, role, service);
  return { accountId, accessKeyId: '', roleArn: role };
}

/** What a request came to: null where it was served, else why not, in the service's words. */
export type Refusal = string | null;

/** Whether the caller may invoke a function that there is. `asynchronous` has it invoked as well. */
export function askInvoke(
  shell: WorldShell,
  caller: Caller,
  name: string,
  { event, asynchronous }: { event: Buffer; asynchronous: boolean },
): Refusal {
  const payload = event.toString('base64');
  const request = fcRequest(caller, { operation: 'InvokeFunction', name, asynchronous, payload });
  return refusalOf(shell.handle(request).output as FcOutput);
}

export function sendMessage(shell: WorldShell, caller: Caller, queue: string, body: string): Refusal {
  const messages = [{ body, delaySeconds: null, priority: null }];
  const request = smqRequest(caller, { operation: 'SendMessages', queue, messages });
  // The world answers each service's requests with that service's outputs.
  return refusalOf(shell.handle(request).output as { ok: true } | { ok: false; code: string; message: string });
}

const refusalOf = (output: { ok: true } | { ok: false; code: string; message: string }): Refusal =>
  output.ok ? null : `${output.code}: ${output.message}`;
