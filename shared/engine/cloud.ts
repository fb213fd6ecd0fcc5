/**
 * The cloud as resources see it: one generic call. shared/alicloud/ implements it over the official SDK, the
 * simulation directly over the local cloud's world.
 */
import type { Secret } from '../secret';

export type CloudService = 'vpc' | 'cbn' | 'ecs' | 'eventbridge' | 'kms' | 'sts' | 'ram' | 'resourcemanager';

/**
 * Nested values and arrays are flattened by the implementation (`Tag.1.Key`); null and undefined are left out; a secret is
 * revealed in the request and blanked in whatever answers it.
 */
export type CloudParameter =
  | string
  | number
  | boolean
  | null
  | undefined
  | Secret
  | CloudParameter[]
  | { [name: string]: CloudParameter };

export interface CloudRequest {
  service: CloudService;
  /** Where the call goes; also sent as RegionId. CEN is global: null. */
  region: string | null;
  /** `CreateVpnGateway` */
  action: string;
  parameters: { [name: string]: CloudParameter };
}

export interface Cloud {
  /** The response's body; throws a CloudError. Never retries: the engine does, and it counts. */
  call(request: CloudRequest): Promise<unknown>;
}

/**
 * What an error of the cloud means to whoever called:
 * `exists` and `gone` are answers, `busy` waits for another change to end (the same token is kept), `throttled` waits
 * with jitter, `transport` may or may not have happened, `fatal` needs a person, `unknown` backs off with a cap.
 */
export type CloudErrorClass = 'exists' | 'gone' | 'busy' | 'throttled' | 'transport' | 'fatal' | 'unknown';

export interface CloudErrorDetail {
  service: CloudService;
  action: string;
  /** `VpnGateway.Configuring`; `Transport` where no answer came. */
  code: string;
  class: CloudErrorClass;
  status: number | null;
  requestId: string | null;
}

export class CloudError extends Error {
  readonly detail: CloudErrorDetail;

  constructor(detail: CloudErrorDetail, message: string) {
    super(message);
    this.name = 'CloudError';
    this.detail = detail;
  }
}

export const cloudErrorOf = (error: unknown): CloudErrorDetail | null =>
  error instanceof Error && error.name === 'CloudError' ? (error as CloudError).detail : null;
