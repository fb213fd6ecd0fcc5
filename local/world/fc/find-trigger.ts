import type { Context } from '../world';
import { triggerNotFound } from './fc-error';
import { findFunction } from './find-function';
import { TRIGGERS, type TriggerRecord } from './records';

export function findTrigger(context: Context, name: string, trigger: string): TriggerRecord {
  findFunction(context, name);
  const found = context.state.get<TriggerRecord>(TRIGGERS, `${name}/${trigger}`);
  if (!found) throw triggerNotFound(trigger);
  return found;
}

/** Of one function, by name. '0' is the character after '/'. */
export const triggersOf = ({ state }: Context, name: string): TriggerRecord[] =>
  state.keysBetween(TRIGGERS, `${name}/`, `${name}0`).flatMap((key) => state.get<TriggerRecord>(TRIGGERS, key) ?? []);
