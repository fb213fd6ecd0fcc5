/** What passes between the runtime and an instance of a function. */
import * as z from 'zod';

/** The plain part of Function Compute's context; the host adds the logger. Facts: function-compute, section 2.1. */
const contextSchema = z.object({
  requestId: z.string(),
  /** Without fields where the function has no role. */
  credentials: z.object({
    accessKeyId: z.string().optional(),
    accessKeySecret: z.string().optional(),
    securityToken: z.string().optional(),
  }),
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

/** Which of a function's handlers is called; only the first is given an event. */
export const STAGES = ['Invoke', 'Initialize', 'PreStop'] as const;
export type Stage = (typeof STAGES)[number];

export const callSchema = z.object({
  id: z.number(),
  stage: z.enum(STAGES),
  /** `index.handler`: file below the code's folder, dot, export. */
  handler: z.string(),
  event: z.instanceof(Uint8Array),
  context: contextSchema,
});
export type CallMessage = z.infer<typeof callSchema>;

/** A line of the log that ends a call's own lines. */
export const endLine = (stage: Stage, requestId: string): string => `FC ${stage} End RequestId: ${requestId}`;
export const startLine = (stage: Stage, requestId: string): string => `FC ${stage} Start RequestId: ${requestId}`;

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
