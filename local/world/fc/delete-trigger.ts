import type { Context } from '../world';
import { findTrigger } from './find-trigger';
import type { Operations } from './operations';
import { TRIGGERS } from './records';

export function deleteTrigger(context: Context, { name, trigger }: Operations['DeleteTrigger']): null {
  findTrigger(context, name, trigger);
  context.state.delete(TRIGGERS, `${name}/${trigger}`);
  return null;
}
