/** One function's props: what the component and the service would take, and the function would fail by. */
import { join } from 'node:path';
import { ROLES } from '../../functions/permissions';
import { readConfig } from '../../shared/config';
import { error, type Finding, type Path } from '../../shared/topology/finding';
import { deadLetters, roleName } from './account-names';
import type { CheckContext } from './check-deployments';
import type { Deployment } from './deployment';

type Tell = (key: Path, code: string, message: string, remedy: string) => void;

export function checkFunction(deployment: Deployment, { accountId, fileExists }: CheckContext): Finding[] {
  const findings: Finding[] = [];
  const tell: Tell = (key, code, message, remedy) => {
    findings.push(error(['resources', deployment.name, 'props', ...key], { code, message, remedy }));
  };
  checkCode(deployment, fileExists, tell);
  checkNames(deployment, tell);
  checkEnvironment(deployment, accountId, tell);
  checkSize(deployment, tell);
  checkAsync(deployment, accountId, tell);
  return findings;
}

function checkCode({ name, codeFolder, props }: Deployment, fileExists: CheckContext['fileExists'], tell: Tell): void {
  const wanted = `./dist/functions/${name}`;
  if (props.code !== wanted) {
    tell(['code'], 'code-folder', `the code of ${name} is built to ${wanted}`, `Write ${wanted}.`);
    return;
  }
  const dot = props.handler.lastIndexOf('.');
  if (props.handler.slice(dot) !== '.handler')
    tell(['handler'], 'handler-missing', `the code of ${name} exports handler alone`, 'Write index.handler.');
  const file = `${props.handler.slice(0, dot)}.js`;
  if (!fileExists(join(codeFolder, file)))
    tell(['handler'], 'handler-missing', `there is no ${wanted}/${file}`, 'Correct the name, or run npm run build.');
}

function checkNames({ name, props }: Deployment, tell: Tell): void {
  const wanted = `${props.environmentVariables.TRUNKLINE_DEPLOYMENT}-${name}`;
  if (props.functionName !== wanted)
    tell(['functionName'], 'name', `${name} is deployed as ${wanted}`, 'Its role and its triggers name it so.');
  const role = roleName(props, name, 'fc.aliyuncs.com');
  const remedy = 'Use its own: bootstrap makes the roles that functions/permissions.ts has.';
  if (role === null) tell(['role'], 'role-unknown', `there is no role for ${name}`, remedy);
  else if (props.role !== role) tell(['role'], 'role-unknown', `the role of ${name} is ${role}`, remedy);
}

/** Bytes of all names and values. */
const MOST_ENVIRONMENT = 4_096;
const RESERVED = /^(FC_|ALIBABA_CLOUD_|AWS_)/;
const KNOWN: ReadonlySet<string> = new Set([
  'TRUNKLINE_DEPLOYMENT',
  'TRUNKLINE_BUCKET',
  'TRUNKLINE_TABLESTORE_INSTANCE',
  'TRUNKLINE_TIMEOUT_SECONDS',
  'TRUNKLINE_SOCKET_TIMEOUT_SECONDS',
  'TRUNKLINE_CLOCK_SKEW_SECONDS',
]);

function checkEnvironment({ props }: Deployment, accountId: string, tell: Tell): void {
  const at = 'environmentVariables';
  const variables = props.environmentVariables;
  for (const name of Object.keys(variables)) {
    if (RESERVED.test(name))
      tell([at, name], 'environment-reserved', `${name}: the service keeps this name to itself`, 'Use another name.');
    else if (!KNOWN.has(name))
      tell([at, name], 'environment-unknown', `no function reads ${name}`, 'Remove it; shared/config.ts reads them.');
  }
  const size = Object.entries(variables).reduce((sum, pair) => sum + Buffer.byteLength(pair.join('')), 0);
  if (size > MOST_ENVIRONMENT)
    tell(
      [at],
      'environment-size',
      `its variables have ${size} bytes; ${MOST_ENVIRONMENT} are allowed`,
      'Shorten them.',
    );
  try {
    const { timeoutSeconds, socketTimeoutSeconds } = readConfig({
      ...variables,
      FC_REGION: props.region,
      FC_ACCOUNT_ID: accountId,
    });
    if (timeoutSeconds !== props.timeout)
      tell(
        [at, 'TRUNKLINE_TIMEOUT_SECONDS'],
        'environment-timeout',
        `the function believes to have ${timeoutSeconds} seconds, and has ${props.timeout}`,
        'Write the timeout: it begins nothing that it cannot end in time.',
      );
    if (props.timeout <= socketTimeoutSeconds)
      tell(
        ['timeout'],
        'timeout-short',
        `one answer may take ${socketTimeoutSeconds} seconds, and the function has ${props.timeout}`,
        'Give it more: one slow answer would be the end of it.',
      );
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    tell([at], 'environment-missing', message, 'The function would fail at every event.');
  }
}

/** The service's bounds: 1 to 4 GB a vCPU. */
const LEAST_MB_PER_CPU = 1_024;
const MOST_MB_PER_CPU = 4_096;

function checkSize({ name, props: { cpu, memorySize, concurrencyConfig } }: Deployment, tell: Tell): void {
  if (name === 'sweep' && concurrencyConfig.reservedConcurrency !== 1)
    tell(
      ['concurrencyConfig', 'reservedConcurrency'],
      'concurrency',
      `${concurrencyConfig.reservedConcurrency} sweeps at once would send the same`,
      'Write 1.',
    );
  const perCpu = memorySize / cpu;
  if (perCpu < LEAST_MB_PER_CPU || perCpu > MOST_MB_PER_CPU)
    tell(['cpu'], 'cpu-ratio', `${memorySize} MB with ${cpu} vCPU`, 'The service takes 1 to 4 GB a vCPU.');
  if (Math.abs(cpu * 20 - Math.round(cpu * 20)) > 1e-9)
    tell(['cpu'], 'cpu-step', `${cpu} vCPU is no multiple of 0.05`, 'Round it.');
}

/** Files and timers invoke asynchronously: what is given up there would be gone without a trace. */
function checkAsync({ name, props }: Deployment, accountId: string, tell: Tell): void {
  const asynchronous = props.triggers.some(({ triggerType }) => triggerType === 'oss' || triggerType === 'timer');
  const config = props.asyncInvokeConfig;
  if (!config) {
    if (asynchronous)
      tell([], 'async-missing', 'an event that fails for good would be lost', 'Add asyncInvokeConfig with onFailure.');
    return;
  }
  // The service puts it there by the function's role.
  const { useCases } = ROLES.find((role) => role.name === name) ?? { useCases: [] };
  if (!useCases.some((useCase) => useCase === 'keep-lost-events'))
    tell(
      ['asyncInvokeConfig'],
      'async-unkept',
      `the role of ${name} may not send to the dead-letter queue`,
      'Remove it.',
    );
  const wanted = `${deadLetters(props, accountId)}/messages`;
  const { onSuccess, onFailure } = config.destinationConfig;
  const at = ['asyncInvokeConfig', 'destinationConfig'];
  if (onFailure.destination !== wanted)
    tell(
      [...at, 'onFailure', 'destination'],
      'dead-letters',
      `onFailure is not ${wanted}`,
      'Use the dead-letter queue.',
    );
  if (onSuccess)
    tell([...at, 'onSuccess'], 'on-success', 'nobody reads what succeeded', 'Remove it: queues hand work on.');
}
