/** The service's errors, as its error-code page lists them. */
export class SmqError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'SmqError';
  }
}

export const invalidArgument = (message: string): SmqError => new SmqError(400, 'InvalidArgument', message);

export const outOfRange = (name: string, low: number, high: number, unit: 'seconds' | 'bytes' | ''): SmqError =>
  invalidArgument(`The value of ${name} should between ${low} and ${high} ${unit}`.trimEnd().concat('.'));

export const queueNotExist = (): SmqError =>
  new SmqError(404, 'QueueNotExist', 'The queue name you provided is not exist.');

export const messageNotExist = (): SmqError => new SmqError(404, 'MessageNotExist', 'Message not exist.');

export const receiptHandleError = (): SmqError =>
  new SmqError(400, 'ReceiptHandleError', 'The receipt handle you provide is not valid.');
