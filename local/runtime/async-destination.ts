/**
 * What became of an asynchronous invocation, as the service tells a function or a queue. Facts: function-compute,
 * section 3, whose record is from memory: fields and their names are to be confirmed on an account.
 */
import type { InvocationAnswer } from '../wire/invoke';
import { type AsyncInvocationRecord, FUNCTIONS, type FunctionRecord } from '../world/fc/records';
import { queueOfArn } from '../world/fc/trigger-input';
import { askInvoke, callerFor, type Refusal, sendMessage } from './request-as';
import type { WorldShell } from './world-shell';

export interface Outcome {
  condition: 'Success' | 'RetriesExhausted' | 'EventAgeExceeded';
  tries: number;
  /** Of the last try; null where there was none, or it was not the reason. */
  answer: Exclude<InvocationAnswer, { outcome: 'throttled' }> | null;
}

export interface DestinationOptions {
  shell: WorldShell;
  accountId: string;
  region: string;
}

interface Ended {
  invocation: AsyncInvocationRecord;
  outcome: Outcome;
  /** An ARN. */
  destination: string;
}

/** Sent as the function's role: it must be allowed to, and a function without one sends nothing. */
export function sendToDestination(options: DestinationOptions, ended: Ended): Refusal {
  const { shell, accountId } = options;
  const { destination, invocation } = ended;
  const role = shell.world.state.get<FunctionRecord>(FUNCTIONS, invocation.functionName)?.role ?? null;
  if (role === null) return 'the function has no role to send it with';
  const text = JSON.stringify(recordOf(options, ended));
  try {
    const caller = callerFor(shell, accountId, role, 'fc.aliyuncs.com');
    const queue = queueOfArn(destination);
    // As its SDKs send: in base64.
    if (queue !== null) return sendMessage(shell, caller, queue, Buffer.from(text).toString('base64'));
    const name = /:functions\/([A-Za-z0-9_-]+)$/.exec(destination)?.[1];
    if (name === undefined) return 'it is neither a function nor a queue';
    return askInvoke(shell, caller, name, { event: Buffer.from(text), asynchronous: true });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function recordOf({ shell, accountId, region }: DestinationOptions, { invocation, outcome }: Ended): object {
  const { functionName, requestId, payload } = invocation;
  const { condition, tries, answer } = outcome;
  const failure = answer?.outcome === 'failed' ? answer : null;
  return {
    timestamp: new Date(shell.clock.now()).toISOString(),
    requestContext: {
      requestId,
      functionArn: `acs:fc:${region}:${accountId}:functions/${functionName}`,
      condition: condition === 'Success' ? '' : condition,
      approximateInvokeCount: tries,
    },
    requestPayload: Buffer.from(payload, 'base64').toString('utf8'),
    responseContext: { statusCode: 200, functionError: failure ? 'UnhandledInvocationError' : '' },
    responsePayload: answer === null ? '' : payloadOf(answer),
  };
}

function payloadOf(answer: NonNullable<Outcome['answer']>): string {
  if (answer.outcome === 'answered') return answer.result.toString('utf8');
  const { errorMessage, errorType, stackTrace } = answer;
  return JSON.stringify({ errorMessage, errorType, stackTrace });
}
