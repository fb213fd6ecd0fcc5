/** Makes a local cloud that has just started the one that the project needs: bootstrapped, and s.yaml deployed to it. */
import { join } from 'node:path';
import type { Clock } from '../shared/clock';
import { bootstrap } from './bootstrap/bootstrap';
import { type LocalCloudDocument, targetOfLocal } from './connection';
import { deployFunctions } from './deployment/deploy-functions';
import { readProjectDeployments } from './deployment/read-s-yaml';
import { projectFolder } from './project-folder';

/** Repeating it changes nothing: a local cloud that goes on from a folder has it all. */
export async function fillLocalCloud(document: LocalCloudDocument, deployment: string, clock: Clock): Promise<void> {
  const { region, accountId, bucket, tablestoreInstance } = document;
  const environment = {
    TRUNKLINE_REGION: region,
    TRUNKLINE_DEPLOYMENT: deployment,
    TRUNKLINE_BUCKET: bucket,
    TRUNKLINE_TABLESTORE_INSTANCE: tablestoreInstance,
  };
  const definitions = readProjectDeployments({ environment, accountId });
  const target = targetOfLocal(document, deployment);
  await bootstrap(target, clock);
  await deployFunctions({ target, definitions });
}

/** The main program of a function's instance, as `npm run build` makes it. */
export const hostFile = (): string => join(projectFolder(), 'dist', 'runtime', 'function-host.js');
