/**
 * The body of CreateFunction and UpdateFunction, checked as the service checks it. Limits: facts from the service's
 * documentation of the API CreateFunction (2023-03-30). Unknown fields are refused here, as those of every service;
 * what the API knows and the local cloud has no use for is kept and given back.
 */
import * as z from 'zod';
import type { JsonObject } from '../../../shared/json';
import { invalidArgument } from './fc-error';
import { tagListSchema } from './tag';

const RUNTIMES = (
  'nodejs8 nodejs10 nodejs12 nodejs14 nodejs16 nodejs18 nodejs20 nodejs22 python3 python3.9 python3.10 python3.12 ' +
  'java8 java11 php7.2 dotnetcore3.1 go1 custom custom.debian10 custom.debian11 custom.debian12 custom-container'
).split(' ');
const MOST_ENVIRONMENT_BYTES = 4_096;

const NAME = /^[A-Za-z_][A-Za-z0-9_-]{0,63}$/;
/** Of Node.js and Python: `index.handler`, `dist/index.handler`. Other languages have forms of their own. */
const FILE_AND_EXPORT = /^[^\s.][^\s]*\.[A-Za-z_$][A-Za-z0-9_$]*$/;

const hook = z.strictObject({
  handler: z.string().optional(),
  command: z.array(z.string()).max(0, 'commands are not served by the local cloud').optional(),
  timeout: z.int().min(1).max(600).optional(),
});

const code = z.strictObject({
  zipFile: z.string().optional(),
  ossBucketName: z.string().optional(),
  ossObjectName: z.string().optional(),
  checksum: z.string().optional(),
});

const environment = z
  .record(z.string(), z.string())
  .refine(
    (all) => Object.keys(all).every((key) => /^[A-Za-z][A-Za-z0-9_]*$/.test(key)),
    'a variable begins with a letter',
  )
  .refine((all) => !Object.keys(all).some((key) => key.startsWith('FC_')), 'variables that begin with FC_ are reserved')
  .refine((all) => Buffer.byteLength(JSON.stringify(all)) <= MOST_ENVIRONMENT_BYTES, 'they exceed 4 KB in all');

const logs = z
  .strictObject({
    project: z.string().default(''),
    logstore: z.string().default(''),
    enableRequestMetrics: z.boolean().optional(),
    enableInstanceMetrics: z.boolean().optional(),
    enableLlmMetrics: z.boolean().optional(),
    logBeginRule: z.enum(['None', 'DefaultRegex', '']).optional(),
  })
  .refine(({ project, logstore }) => (project === '') === (logstore === ''), 'project and logstore go together');

/** Checked, given back as it came, and no more. */
const ECHOED = {
  description: z.string().max(256).optional(),
  diskSize: z.literal([512, 10_240]).optional(),
  internetAccess: z.boolean().optional(),
  instanceConcurrency: z.int().min(1).max(200).optional(),
  layers: z.array(z.string()).max(0, 'layers are not served by the local cloud').optional(),
  logConfig: logs.nullable().optional(),
  tags: tagListSchema.optional(),
};

/** Given back as it came: nothing here depends on it. */
const KEPT = (
  'customContainerConfig customDNS customRuntimeConfig disableInjectCredentials disableOndemand enableLongLiving ' +
  'gpuConfig idleTimeout instanceIsolationMode juiceFsConfig nasConfig ossMountConfig polarFsConfig resourceGroupId ' +
  'sessionAffinity sessionAffinityConfig tracingConfig vpcConfig'
).split(' ');
const ECHOES = new Set([...Object.keys(ECHOED), ...KEPT]);

const settings = {
  runtime: z.enum(RUNTIMES),
  handler: z.string().min(1).max(128),
  cpu: z.number().min(0.05).max(16).multipleOf(0.05).optional(),
  memorySize: z.int().min(128).max(32_768).multipleOf(64).optional(),
  timeout: z.int().min(1).max(86_400).optional(),
  role: z
    .string()
    .regex(/^(acs:ram::\d{16}:role\/[\w.@-]{1,64})?$/i, 'it is acs:ram::<account>:role/<name>')
    .optional(),
  environmentVariables: environment.optional(),
  instanceLifecycleConfig: z
    .strictObject({ initializer: hook.nullable().optional(), preStop: hook.nullable().optional() })
    .nullable()
    .optional(),
  ...ECHOED,
  ...Object.fromEntries(KEPT.map((name) => [name, z.json().optional()])),
};

const createSchema = z.strictObject({ ...settings, functionName: z.string().regex(NAME, 'it is not a name'), code });
const updateSchema = z.strictObject({ ...settings, code: code.optional() }).partial();

export type CodeLocation = z.infer<typeof code>;
export type CreateInput = z.infer<typeof createSchema>;
export type UpdateInput = z.infer<typeof updateSchema>;

export const createInput = (body: JsonObject): CreateInput => checked(createSchema, body);
export const updateInput = (body: JsonObject): UpdateInput => checked(updateSchema, body);

/** What was sent of the fields that are given back as they came. */
export const echoOf = (body: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(body).filter(([name]) => ECHOES.has(name)));

export function checkHandler({ runtime, handler }: { runtime: string; handler: string }): void {
  if (/^(nodejs|python)/.test(runtime) && !FILE_AND_EXPORT.test(handler))
    throw invalidArgument(`handler: '${handler}' is not file.export`);
}

/** Between 1:1 and 1:4 of vCPU to GB (facts: function-compute, section 3). */
export function checkRatio(cpu: number, memoryMb: number): void {
  const gigabytesPerCpu = memoryMb / 1_024 / cpu;
  if (gigabytesPerCpu < 1 || gigabytesPerCpu > 4)
    throw invalidArgument('the ratio of vCPU to memory (in GB) must be between 1:1 and 1:4');
}

/** One problem, with its field's path, as the service tells them: a misspelt field before the one that is missing for it. */
export function checked<T extends z.ZodType>(schema: T, body: unknown): z.infer<T> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  throw invalidArgument(`${issue?.path.join('.') || 'request body'}: ${issue?.message ?? 'is not valid'}`);
}
