/** Whether the functions and their triggers are deployed as s.yaml says: what deploying would write, if it did. */
import type { Environment } from '../../shared/config';
import { hasCode } from '../../shared/errors';
import type { Target } from '../connection';
import { deployFunctions } from '../deployment/deploy-functions';
import { readProjectDeployments } from '../deployment/read-s-yaml';
import { failedCheck, type IdentityType, onceMore } from './failed-check';
import { type Check, type Finding, ok, skipped } from './finding';

interface FunctionsOptions {
  target: Target;
  environment: Environment;
  identity: IdentityType;
}

const SUBJECT = 'functions';

export const functionsCheck = (options: FunctionsOptions): Check => ({
  subject: SUBJECT,
  run: async () => {
    try {
      return await onceMore(() => compare(options));
    } catch (error) {
      if (hasCode(error, 'InputInvalid')) return [sYamlFinding(error)];
      const failed = failedCheck(error, SUBJECT, options.identity);
      return failed.subject === SUBJECT ? [failed] : [failed, skipped(SUBJECT, `see ${failed.subject}`)];
    }
  },
});

async function compare({ target, environment }: FunctionsOptions): Promise<Finding[]> {
  const { accountId, region, deployment, bucket, tablestoreInstance } = target;
  const stated = {
    TRUNKLINE_REGION: region,
    TRUNKLINE_DEPLOYMENT: deployment,
    TRUNKLINE_BUCKET: bucket,
    TRUNKLINE_TABLESTORE_INSTANCE: tablestoreInstance,
  };
  const definitions = readProjectDeployments({
    environment: { ...environment, ...stated },
    accountId,
    // What is deployed is looked at, not what would be: nothing need be built.
    fileExists: () => true,
  });
  const remedy = `npm run deploy${target.endpoint === null ? '' : ':local'}`;
  const compared = await deployFunctions({ target, definitions, dryRun: true });
  return compared.flatMap(({ functionName, written }) =>
    written.includes('CreateFunction')
      ? // Its triggers are missing with it.
        [finding('function-missing', `function ${functionName}`, 'is not deployed', remedy)]
      : differences(functionName, written, remedy),
  );
}

function differences(name: string, written: readonly string[], remedy: string): Finding[] {
  if (written.length === 0) return [ok('function-deployed', `function ${name}`, 'deployed as s.yaml says')];
  // Another one in its place is told once.
  const replaced = new Set(written.flatMap((each) => (each.startsWith('DeleteTrigger ') ? [each.slice(14)] : [])));
  return written.flatMap((each): Finding[] => {
    const [action = '', trigger = ''] = each.split(' ');
    const subject = trigger === '' ? `function ${name}` : `trigger ${name}/${trigger}`;
    switch (action) {
      case 'DeleteTrigger':
        return [];
      case 'CreateTrigger':
        return replaced.has(trigger)
          ? [finding('trigger-different', subject, 'is of another type or source than s.yaml says', remedy)]
          : [finding('trigger-missing', subject, 'is not there', remedy)];
      case 'UpdateTrigger':
        return [finding('trigger-different', subject, 'is not set as s.yaml says', remedy)];
      default:
        return [finding('function-different', subject, `${SETTINGS[action] ?? 'it'} differ from s.yaml`, remedy)];
    }
  });
}

const SETTINGS: Readonly<Record<string, string>> = {
  UpdateFunction: 'its settings',
  PutConcurrencyConfig: 'its instances at once',
  PutAsyncInvokeConfig: 'its retries or destinations',
};

const finding = (code: string, subject: string, message: string, remedy: string): Finding => ({
  state: 'error',
  code,
  subject,
  message,
  remedy,
});

const sYamlFinding = (error: unknown): Finding =>
  finding(
    's-yaml-invalid',
    's.yaml',
    error instanceof Error ? error.message : String(error),
    'correct s.yaml, or the variables that it takes from the environment',
  );
