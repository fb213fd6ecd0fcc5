/** The SDK has no types. As much as is used. */
declare module '@alicloud/fc2' {
  class FC2 {
    constructor(
      accountId: string,
      options: { accessKeyID: string; accessKeySecret: string; region: string; endpoint: string },
    );
    getTempBucketToken(): Promise<{ data: unknown }>;
  }
  export = FC2;
}
