/** What the control plane takes and gives. The wire turns methods, paths and JSON into it. */
import type { JsonObject } from '../../../shared/json';
import type { Caller, WorldRequest } from '../world';

/** Of a listing. */
export interface Page {
  limit: number | null;
  nextToken: string | null;
}

/** A version or an alias; `LATEST`, which is all that there is here, where it is left out. */
interface Qualified {
  qualifier?: string;
}

export type EmptyList = 'aliases' | 'versions' | 'vpcIds' | 'scalingConfigs' | 'provisionConfigs';

export interface Operations {
  CreateFunction: { body: JsonObject };
  GetFunction: { name: string } & Qualified;
  UpdateFunction: { name: string; body: JsonObject };
  DeleteFunction: { name: string };
  ListFunctions: Page & { prefix: string };
  CreateTrigger: { name: string; body: JsonObject };
  GetTrigger: { name: string; trigger: string };
  UpdateTrigger: { name: string; trigger: string; body: JsonObject };
  DeleteTrigger: { name: string; trigger: string };
  ListTriggers: Page & { name: string };
  PutAsyncInvokeConfig: { name: string; body: JsonObject } & Qualified;
  GetAsyncInvokeConfig: { name: string } & Qualified;
  DeleteAsyncInvokeConfig: { name: string } & Qualified;
  /** An empty name lists those of every function. */
  ListAsyncInvokeConfigs: Page & { name: string };
  PutConcurrencyConfig: { name: string; body: JsonObject };
  GetConcurrencyConfig: { name: string };
  DeleteConcurrencyConfig: { name: string };
  ListConcurrencyConfigs: Page & { name: string };
  /** What the deployment tool looks for and this cloud never has. An empty name is every function. */
  ListNone: { name: string; list: EmptyList };
  GetEmpty: { name: string; what: 'ProvisionConfig' | 'ScalingConfig' };
  GetAlias: { name: string; alias: string };
  TagResources: { body: JsonObject };
  UntagResources: { resourceType: string; resourceIds: readonly string[]; tagKeys: readonly string[]; all: boolean };
  ListTagResources: Page & {
    resourceType: string;
    resourceIds: readonly string[];
    tags: readonly { key: string; value: string }[];
  };
  GetTempBucketToken: object;
  /** The payload in base64. */
  InvokeFunction: { name: string; asynchronous: boolean; payload: string } & Qualified;
}

export type OperationName = keyof Operations;

export type FcInput = { [K in OperationName]: { operation: K } & Operations[K] }[OperationName];

export type FcOutput =
  | { ok: true; status: number; body: JsonObject | null }
  | { ok: false; status: number; code: string; message: string };

/** A request to the world, typed: what the wire makes. */
export const fcRequest = (caller: Caller, input: FcInput): WorldRequest => ({ service: 'fc', caller, input });
