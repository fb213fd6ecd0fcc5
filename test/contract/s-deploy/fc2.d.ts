/** The SDK has no types. As much as is used. */
declare module '@alicloud/fc2' {
  class FC2 {
    constructor(
      accountId: string,
      options: { accessKeyID: string; accessKeySecret: string; region: string; endpoint: string },
    );
    /** Of the API, in the paths of `get` and `post`. */
    version: string;
    getTempBucketToken(): Promise<{ data: unknown }>;
    get(path: string, query?: object, headers?: object): Promise<{ headers: object; data: unknown }>;
    post(
      path: string,
      body: string | Buffer | object,
      headers?: object,
      queries?: object,
    ): Promise<{ headers: object; data: unknown }>;
  }
  export = FC2;
}
