import { seconds } from '../shared/clock';
import { type Tables, tables } from '../shared/store/tables';
import { tablestoreClient } from '../shared/store/tablestore-client';
import type { Instance } from './instance';

export function assembleTables({ config, credentials, pause }: Instance): Tables {
  const client = tablestoreClient({
    endpoint: config.endpoint ?? `https://${config.tablestoreInstance}.${config.region}.vpc.tablestore.aliyuncs.com`,
    instance: config.tablestoreInstance,
    credentials,
    timeout: seconds(5),
    pause,
  });
  return tables(client, config.deployment);
}
