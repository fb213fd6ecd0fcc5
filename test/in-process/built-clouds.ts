/** Clouds as a topology's run leaves them: each way there is gone once, and whoever asks gets a copy of its own. */
import { parseAccount } from '../../local/world/account';
import type { Crash } from '../../shared/engine/crash-points';
import type { Run } from '../../shared/engine/run';
import { type VirtualCloud, virtualCloud } from './virtual-run';

export interface Built {
  cloud: VirtualCloud;
  run: Run;
  /** That were worked on. */
  messages: number;
}

export interface BuiltClouds {
  /** An account in which nothing was submitted yet. */
  empty(crash?: Crash): Promise<VirtualCloud>;
  /** After the run that the text starts in an empty account, or after so many of its messages. */
  built(text: string, most?: number, crash?: Crash): Promise<Built>;
}

export function builtClouds(accountText: string): BuiltClouds {
  let first: Promise<VirtualCloud> | null = null;
  const kept = new Map<string, Built[]>();

  const empty = async (crash?: Crash): Promise<VirtualCloud> => {
    first ??= virtualCloud(parseAccount(accountText, 'account.yaml').account!);
    return (await first).copy(crash);
  };
  const work = async ({ cloud, run, messages }: Built, most: number): Promise<Built> => {
    const next = cloud.copy();
    const done = await next.runToEnd(run.id, most - messages);
    return { cloud: next, run: done.run, messages: messages + done.messages };
  };
  /** Goes on from the farthest that is no farther than wanted. */
  const standing = async (text: string, most: number): Promise<Built> => {
    const known = kept.get(text) ?? [await submitted(await empty(), text)];
    const from = known.filter(({ messages }) => messages <= most).at(-1)!;
    if (from.messages === most) return from;
    const there = await work(from, most);
    kept.set(
      text,
      [...known.filter(({ messages }) => messages !== there.messages), there].sort((a, b) => a.messages - b.messages),
    );
    return there;
  };
  return {
    empty,
    built: async (text, most = Number.MAX_SAFE_INTEGER, crash) => {
      const { cloud, run, messages } = await standing(text, most);
      return { cloud: cloud.copy(crash), run, messages };
    },
  };
}

async function submitted(cloud: VirtualCloud, text: string): Promise<Built> {
  const reply = await cloud.submit(text);
  if (reply.kind !== 'accepted' || !reply.run) throw new Error(JSON.stringify(reply));
  const run = await cloud.runs.readRun(reply.run);
  if (!run) throw new Error(`no run ${reply.run}`);
  return { cloud, run, messages: 0 };
}
