/** What the control plane takes and gives. The wire turns methods, paths and JSON into it. */
import type { JsonObject } from '../../../shared/json';
import type { Caller, WorldRequest } from '../world';

/** Of a listing. */
export interface Page {
  limit: number | null;
  nextToken: string | null;
}

export interface Operations {
  CreateFunction: { body: JsonObject };
  GetFunction: { name: string };
  UpdateFunction: { name: string; body: JsonObject };
  DeleteFunction: { name: string };
  ListFunctions: Page & { prefix: string };
  CreateTrigger: { name: string; body: JsonObject };
  GetTrigger: { name: string; trigger: string };
  UpdateTrigger: { name: string; trigger: string; body: JsonObject };
  DeleteTrigger: { name: string; trigger: string };
  ListTriggers: Page & { name: string };
  PutAsyncInvokeConfig: { name: string; body: JsonObject };
  GetAsyncInvokeConfig: { name: string };
  DeleteAsyncInvokeConfig: { name: string };
  /** An empty name lists those of every function. */
  ListAsyncInvokeConfigs: Page & { name: string };
  PutConcurrencyConfig: { name: string; body: JsonObject };
  GetConcurrencyConfig: { name: string };
  DeleteConcurrencyConfig: { name: string };
  /** What the deployment tool looks for and this cloud never has: the listing is empty, the single thing not found. */
  ListNone: { name: string; list: 'aliases' | 'versions' | 'vpcIds' | 'scalingConfigs' };
  GetNone: { name: string; what: 'AliasNotFound' | 'ProvisionConfigNotFound' | 'ScalingConfigNotFound' };
  GetTempBucketToken: object;
  InvokeFunction: { name: string; asynchronous: boolean /** Base64. */; payload: string };
}

export type OperationName = keyof Operations;

export type FcInput = { [K in OperationName]: { operation: K } & Operations[K] }[OperationName];

export type FcOutput =
  | { ok: true; status: number; body: JsonObject | null }
  | { ok: false; status: number; code: string; message: string };

/** A request to the world, typed: what the wire makes. */
export const fcRequest = (caller: Caller, input: FcInput): WorldRequest => ({ service: 'fc', caller, input });
