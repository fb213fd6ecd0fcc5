/** Two cannot stand under one id: what is replaced goes first, and what it shall be is then made like anything new. */
import { removalBefore } from '../plan';
import type { Change } from './change';
import type { Verdict } from './diff-resources';

export const splitReplacements = (verdicts: readonly Verdict[]): Change[] =>
  verdicts.flatMap(({ action, ...verdict }): Change[] => {
    const { resource, generation } = verdict;
    if (action !== 'replace') return [{ ...verdict, id: resource, action }];
    return [
      { ...verdict, id: removalBefore(resource), action: 'remove', desired: null, desiredHash: null },
      { ...verdict, id: resource, action: 'create', previous: null, generation: generation + 1 },
    ];
  });
