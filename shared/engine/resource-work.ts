/** The work of a step function: one move of one resource, within the claim's budget. */
import { type DurationMs, durationMs, minutes } from '../clock';
import { invariant } from '../errors';
import { type Advance, advanceResource, type ResourceDeps, type ResourceKinds } from './advance-resource';
import type { Cloud } from './cloud';
import type { StepResult, Work } from './hold-task';
import type { Task } from './task';

export interface ResourceWorkDeps extends Omit<ResourceDeps, 'cloud'> {
  /** A cloud that begins no call after `budgetEnds`, by the monotonic clock (W2). */
  cloudUntil(budgetEnds: DurationMs): Cloud;
}

export const resourceWork = (deps: ResourceWorkDeps): Work => ({
  deadline: (task) => {
    const kind = kindOf(deps.kinds, task);
    return (task.action === 'update' ? kind?.changeDeadline : undefined) ?? kind?.deadline ?? minutes(10);
  },
  step: async (run, task, budgetEnds) => {
    invariant(kindOf(deps.kinds, task), `${task.id} is not of this step`);
    return stepResult(await advanceResource({ ...deps, cloud: deps.cloudUntil(budgetEnds) }, run, task));
  },
});

const kindOf = (kinds: ResourceKinds, task: Task) => (task.kind === 'report' ? undefined : kinds[task.kind]);

function stepResult(advance: Advance): StepResult {
  switch (advance.kind) {
    case 'again':
      return { kind: 'again', delay: durationMs(advance.delay), what: advance.what };
    case 'stopped':
      return { kind: 'undone', what: advance.what };
    case 'done':
    case 'failed':
    case 'attempt-failed':
      return advance;
  }
}
