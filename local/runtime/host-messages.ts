/** What passes between the runtime and an instance of a function. */
import * as z from 'zod';

/** The plain part of Function Compute's context; the host adds the logger. Facts: function-compute, section 2.1. */
const contextSchema = z.object({
  requestId: z.string(),
  credentials: z.object({ accessKeyId: z.string(), accessKeySecret: z.string(), securityToken: z.string() }),
  function: z.object({ name: z.string(), handler: z.string(), memory: z.number(), timeout: z.number() }),
  service: z.object({
    name: z.string(),
    logProject: z.string(),
    logStore: z.string(),
    qualifier: z.string(),
    versionId: z.string(),
  }),
  region: z.string(),
  accountId: z.string(),
  retryCount: z.number(),
  tracing: z.object({
    openTracingSpanContext: z.string(),
    openTracingSpanBaggages: z.record(z.string(), z.string()),
    jaegerEndpoint: z.string(),
  }),
});

export type FunctionContext = z.infer<typeof contextSchema>;

export const invocationSchema = z.object({ id: z.number(), event: z.instanceof(Uint8Array), context: contextSchema });
export type InvocationMessage = z.infer<typeof invocationSchema>;

export const answerSchema = z.discriminatedUnion('ok', [
  z.object({ id: z.number(), ok: z.literal(true), result: z.instanceof(Uint8Array) }),
  z.object({
    id: z.number(),
    ok: z.literal(false),
    errorType: z.string(),
    errorMessage: z.string(),
    stackTrace: z.array(z.string()),
  }),
]);
export type AnswerMessage = z.infer<typeof answerSchema>;
