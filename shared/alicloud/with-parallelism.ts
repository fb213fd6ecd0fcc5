/** At most so many calls at once, so that whoever reads a whole network can ask for everything without a plan. */
import type { Cloud } from '../engine/cloud';

export function withParallelism(cloud: Cloud, most: number): Cloud {
  const waiting: (() => void)[] = [];
  let running = 0;
  return {
    call: async (request) => {
      if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
      else running += 1;
      try {
        return await cloud.call(request);
      } finally {
        // Whoever waits takes over the place; nobody else can slip in between.
        const next = waiting.shift();
        if (next) next();
        else running -= 1;
      }
    },
  };
}
