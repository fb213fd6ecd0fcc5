/**
 * Every gap between a write and the effect that follows it, by name. Production does nothing there; tests and the
 * simulation die there. Each name carries the bug that it guards against.
 */
export const CRASH_POINTS = {
  'start/open-run-noted': 'the sweep would not know of a run whose start was cut off',
  'start/network-taken': 'a network would stay taken by a run that has no rows',
  'start/run-written': 'a run without tasks would look finished',
  'start/plan-stored': 'a plan without rows would never be worked on',
  'start/tasks-written': 'steps would work on a run whose rows are not whole',
  'start/ready': 'a ready run whose first messages were never sent would stand still',
  'revision/name-reserved': 'places would be taken for a life of the network that nobody ever lives',
  'revision/object-stored': 'a stored file that no network row names would be taken for a revision',
  'revision/network-moved': 'a revision would be recorded and never run',
  'task/claimed': 'a dead holder would keep the task for ever',
  'task/marked': 'a create that was announced and not sent would be taken for made, or made twice',
  'task/created': 'a thing made whose id was not recorded would be made again',
  'task/recorded': 'a recorded id would be overwritten by the next look',
  'task/change-announced': 'a change that was announced and never sent would be taken for fulfilled',
  'task/updated': 'a change would be sent again with another token',
  'task/change-recorded': 'what a tunnel was given would be forgotten, and given again for ever',
  'task/removal-marked': 'a removal that was announced and not asked for would be taken for done',
  'task/removed': 'a thing that is gone would be removed again, or taken for standing',
  'task/removal-recorded': 'a removal that ended would be begun again on whatever took its place',
  'task/event-appended': 'an entry that won nothing would be taken for the history',
  'task/wake-sent': 'the chain of wakes would fork or end',
  'task/outcome-written': 'a task that ended would free nobody',
  'task/edge-written': 'some dependents would be freed and others forgotten',
  'task/dependents-sent': 'a propagated task would not be marked and repeat for ever',
  'report/read-back-stored': 'a report would prove an older reading',
  'report/published': 'a report would be published and its run never end',
  'end/records-kept': 'a run would end whose records nobody could restore',
  'end/network-moved': 'a run ended in the network row and open everywhere else would block the next',
  'end/run-written': 'an ended run would be swept for ever',
  'end/outbox-written': 'a ticket would never hear of the end, or hear twice',
  'recovery/noted': 'the next recovery would take what this one began for a run at work',
  'recovery/run-written': 'a recovery that never took its network would look begun',
  'recovery/network-taken': 'a network would stay taken by a recovery that nobody goes on with',
  'recovery/stale-run-ended': 'a run of before would be ended in its row and open in the sweep',
  'recovery/places-taken': 'places would be taken and their records never written',
  'recovery/record-written': 'half of the records would be taken for all of them',
  'recovery/published': 'a recovery would be published and its run never end',
  'drift/marked': 'records that tell of a drift would stand, and nobody repair it',
  'order/taken': 'an order that was carried out and not answered would be carried out again on what came after',
  'answer/noted': 'an answer that was noted would be taken for carried out, and its plan wait for ever',
  'submission/recorded': 'a ticket would be told 202 and intake never hear of it',
  'notice/recorded': 'a tunnel that went down would be told twice, or never',
  'outbox/sent': 'a callback that was delivered would be delivered again under another id',
} as const;

export type CrashPoint = keyof typeof CRASH_POINTS;

/** Called at each point; throws or kills where a test wants it. */
export type Crash = (point: CrashPoint) => void;
