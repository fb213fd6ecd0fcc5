import { ossObjects } from '../shared/alicloud/oss-objects';
import type { Objects } from '../shared/engine/objects';
import type { Instance } from './instance';

export function assembleObjects({ config, credentials, socketTimeout }: Instance): Objects {
  const { bucket, region, endpoint } = config;
  return ossObjects({ bucket, region, endpoint, credentials, timeout: socketTimeout });
}
