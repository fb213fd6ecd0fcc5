/** What each operation needs of RAM. A batch needs what one message does: there is no action of its own. */
import type { Permission } from '../authorization/permission';
import type { Context, ServiceAuthorization } from '../world';
import type { OperationName, SmqInput, SmqOutput } from './operations';

/** The action, and what it stands on: all queues, a queue, or what is in it. */
const RULES: Record<OperationName, readonly [action: string, on: 'queues' | 'queue' | 'messages']> = {
  ListQueue: ['mns:ListQueue', 'queues'],
  CreateQueue: ['mns:CreateQueue', 'queue'],
  SetQueueAttributes: ['mns:SetQueueAttributes', 'queue'],
  GetQueueAttributes: ['mns:GetQueueAttributes', 'queue'],
  DeleteQueue: ['mns:DeleteQueue', 'queue'],
  SendMessages: ['mns:SendMessage', 'messages'],
  ReceiveMessages: ['mns:ReceiveMessage', 'messages'],
  PeekMessages: ['mns:PeekMessage', 'messages'],
  ChangeMessageVisibility: ['mns:ChangeMessageVisibility', 'messages'],
  DeleteMessages: ['mns:DeleteMessage', 'messages'],
};

export const smqAuthorization: ServiceAuthorization = {
  permissions({ settings: { region, accountId } }: Context, given): Permission[] {
    // Made by `smqRequest`: the world hands it through as it is.
    const input = given as SmqInput;
    const [action, on] = RULES[input.operation];
    const queue = 'queue' in input ? `/${input.queue}` : '';
    const resource = `acs:mns:${region}:${accountId}:/queues${queue}${on === 'messages' ? '/messages' : ''}`;
    return [{ action, resource }];
  },
  denied: (): SmqOutput => ({
    ok: false,
    status: 403,
    code: 'AccessDenied',
    message: 'The OwnerId that your Access Key Id associated to is forbidden for this operation.',
  }),
};
