/**
 * An action of the RPC style services (VPC, CBN, ECS, EventBridge, KMS, RAM, STS): one file each, its validation as data beside its
 * behaviour. registry.ts lists them; parameters.ts turns the wire's flat parameters into the input by the data.
 */
import type { JsonObject } from '../../../shared/json';
import type { Context } from '../world';

export type Product = 'vpc' | 'cbn' | 'ecs' | 'eventbridge' | 'kms' | 'ram' | 'resourcemanager' | 'sts';

export const VERSIONS: Record<Product, string> = {
  vpc: '2016-04-28',
  cbn: '2017-09-12',
  ecs: '2014-05-26',
  eventbridge: '2020-04-01',
  kms: '2016-01-20',
  ram: '2015-05-01',
  resourcemanager: '2020-03-31',
  sts: '2015-04-01',
};

/** A parameter as data. Names are the API's; `required` is what the service insists on. */
export type Parameter =
  | { type: 'string'; required?: true; values?: readonly string[]; pattern?: RegExp; maxLength?: number }
  | { type: 'integer'; required?: true; values?: readonly number[]; minimum?: number; maximum?: number }
  | { type: 'boolean'; required?: true }
  /** `Name.1`, `Name.2` … */
  | { type: 'list'; required?: true; items: Parameter; maximum?: number }
  /** `Name.Key` */
  | { type: 'object'; required?: true; fields: Readonly<Record<string, Parameter>> };

export type Parameters = Readonly<Record<string, Parameter>>;

/** The input's type follows from the data. */
export type InputOf<P extends Parameters> = {
  [K in keyof P as P[K] extends { required: true } ? K : never]: ValueOf<P[K]>;
} & {
  [K in keyof P as P[K] extends { required: true } ? never : K]?: ValueOf<P[K]>;
};

type ValueOf<P extends Parameter> = P extends { type: 'integer' }
  ? number
  : P extends { type: 'boolean' }
    ? boolean
    : P extends { type: 'list'; items: infer I extends Parameter }
      ? ValueOf<I>[]
      : P extends { type: 'object'; fields: infer F extends Parameters }
        ? InputOf<F>
        : P extends { type: 'string'; values: readonly (infer V)[] }
          ? V
          : string;

export interface Action<P extends Parameters = Parameters> {
  product: Product;
  /** `CreateVpnGateway` */
  name: string;
  parameters: P;
  /** What clients send though no reference has it, and the service leaves unread: not refused, as others are. */
  unread?: readonly string[];
  /** The response's body without RequestId; throws an ApiError. */
  handle(context: RpcContext, input: InputOf<P>): JsonObject;
}

export interface RpcContext extends Context {
  /** The region that the request names, else the account's. */
  readonly region: string;
}

/** Keeps the literal types of `parameters`, so that `input` is typed by them. */
export const action = <const P extends Parameters>(definition: Action<P>): Action<P> => definition;

/** An answer of the service that is an error: its code and message are the service's own. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}
