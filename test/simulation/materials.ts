import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Materials } from './workloads/workload';

/** The project's examples: what the histories build. */
export function readMaterials(folder: string): Materials {
  const text = (name: string): string => readFileSync(join(folder, name), 'utf8');
  return {
    account: text('account.yaml'),
    global: text('global-network.yaml'),
    basic: text('global-network-basic.yaml'),
    second: text('second-network.yaml'),
  };
}
