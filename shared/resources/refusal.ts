/** What no retry can mend, found before the cloud had to say it: the task fails and a person reads the message. */
import { CloudError, type CloudService } from '../engine/cloud';

export const refusal = (service: CloudService, action: string, code: string, message: string): CloudError =>
  new CloudError({ service, action, code, class: 'fatal', status: null, requestId: null }, message);
