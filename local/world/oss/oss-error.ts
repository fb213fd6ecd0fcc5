/** The service's errors; 304 is one of them here, since it ends a read without an object. */
export class OssError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'OssError';
  }
}

export const noSuchBucket = (): OssError => new OssError(404, 'NoSuchBucket', 'The specified bucket does not exist.');

export const noSuchKey = (): OssError => new OssError(404, 'NoSuchKey', 'The specified key does not exist.');

export const preconditionFailed = (): OssError =>
  new OssError(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold.');

export const notModified = (): OssError => new OssError(304, 'NotModified', 'Not Modified');

export const invalidArgument = (message: string): OssError => new OssError(400, 'InvalidArgument', message);
