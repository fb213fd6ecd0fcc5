/** What Trunkline uses of `@alicloud/mns`, which ships no types. Values of answers are strings. */
declare module '@alicloud/mns' {
  import type { Agent } from 'node:http';

  interface Options {
    accessKeyId: string;
    accessKeySecret: string;
    securityToken?: string;
    region?: string;
    endpoint?: string;
    /** Milliseconds. */
    readTimeout?: number;
    connectTimeout?: number;
  }

  interface Answer {
    code: number;
    headers: Record<string, string>;
    body?: Record<string, string>;
  }

  class MNS {
    constructor(accountId: string, options: Options);
    createQueue(name: string, attributes: Record<string, number>): Promise<Answer>;
    deleteQueue(name: string): Promise<Answer>;
    getQueueAttributes(name: string): Promise<Answer>;
    setQueueAttributes(name: string, attributes: Record<string, number>): Promise<Answer>;
    sendMessage(queue: string, message: { MessageBody: string; DelaySeconds?: number }): Promise<Answer>;
    receiveMessage(queue: string, waitSeconds?: number): Promise<Answer>;
    deleteMessage(queue: string, receiptHandle: string): Promise<Answer>;
    /** What all others go through; the options go to its HTTP library. */
    request(
      method: string,
      resource: string,
      type: string,
      body: string | Uint8Array,
      attentions?: string[],
      options?: { agent?: Agent },
    ): Promise<Answer>;
  }

  export = MNS;
}
