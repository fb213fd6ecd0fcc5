/** A queue against a model of a page: every message is delivered when it is visible, in order, and to one at a time. */
import fc from 'fast-check';
import { type SmqInput, type SmqOutput, smqRequest } from '../../../local/world/smq/operations';
import { smq } from '../../../local/world/smq/service';
import { World } from '../../../local/world/world';
import { epochMs } from '../../../shared/clock';

const caller = { accountId: '1', accessKeyId: 'id', roleArn: null };
const VISIBILITY_MS = 30_000;

interface Modelled {
  body: string;
  visibleAt: number;
  receipt: string | null;
}

const step = fc.oneof(
  fc.record({ type: fc.constant('send' as const), delaySeconds: fc.nat({ max: 60 }) }),
  fc.record({ type: fc.constant('receive' as const), count: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ type: fc.constant('delete' as const), pick: fc.nat() }),
  fc.record({ type: fc.constant('wait' as const), ms: fc.nat({ max: 40_000 }) }),
);

test('a queue delivers what its model says', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const world = new World(
        { seed: 's', accountId: '1', region: 'us-east-1', quotas: {}, durationFactor: 1 },
        { smq },
      );
      let now = 1_000_000;
      let sent = 0;
      let model: Modelled[] = [];
      const call = (input: SmqInput) => {
        const output = world.handle(epochMs(now), smqRequest(caller, input)).response.output as SmqOutput;
        if (!output.ok) throw new Error(output.message);
        return output.result;
      };
      call({ operation: 'CreateQueue', queue: 'q', attributes: { visibilityTimeout: VISIBILITY_MS / 1_000 } });
      for (const one of steps) {
        if (one.type === 'wait') now += one.ms;
        if (one.type === 'send') {
          sent += 1;
          const body = `m${sent}`;
          call({
            operation: 'SendMessages',
            queue: 'q',
            messages: [{ body, delaySeconds: one.delaySeconds, priority: null }],
          });
          model.push({ body, visibleAt: now + one.delaySeconds * 1_000, receipt: null });
        }
        if (one.type === 'receive') {
          const expected = model.filter(({ visibleAt }) => visibleAt <= now).slice(0, one.count);
          const { messages } = call({
            operation: 'ReceiveMessages',
            queue: 'q',
            count: one.count,
            waitSeconds: null,
          }) as SmqResult;
          expect(messages.map(({ body }) => body)).toEqual(expected.map(({ body }) => body));
          for (const [index, message] of expected.entries()) {
            message.visibleAt = now + VISIBILITY_MS;
            message.receipt = messages[index]?.receiptHandle ?? null;
          }
        }
        if (one.type === 'delete') {
          const held = model.filter(({ receipt, visibleAt }) => receipt !== null && visibleAt > now);
          const chosen = held[one.pick % Math.max(1, held.length)];
          if (!chosen) continue;
          call({ operation: 'DeleteMessages', queue: 'q', receiptHandles: [chosen.receipt ?? ''] });
          model = model.filter((message) => message !== chosen);
        }
      }
    }),
    { numRuns: 100 },
  );
});

interface SmqResult {
  messages: { body: string; receiptHandle: string }[];
}
