/** Errors of Function Compute 3.0. What the deployment tools test for is documented; other codes are marked in local-cloud.md. */
export class FcError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'FcError';
  }
}

export const invalidArgument = (message: string): FcError => new FcError(400, 'InvalidArgument', message);

export const functionNotFound = (name: string): FcError =>
  new FcError(404, 'FunctionNotFound', `function '${name}' does not exist`);

export const triggerNotFound = (name: string): FcError =>
  new FcError(404, 'TriggerNotFound', `trigger '${name}' does not exist`);
