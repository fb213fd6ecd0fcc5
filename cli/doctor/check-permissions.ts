/**
 * Whether the credentials are refused what builds networks, by dry runs. The functions build, each with its own role,
 * which nobody else can assume; so a refusal here stops no network by itself. It is told as a warning because of what
 * it may come from: a control policy of the resource directory refuses the roles as well, and repairs by hand need it.
 *
 * A service may look for what an id names before it asks RAM: an answer that is no refusal promises nothing.
 */
import { withParallelism } from '../../shared/alicloud/with-parallelism';
import { type Cloud, type CloudRequest, cloudErrorOf } from '../../shared/engine/cloud';
import type { Topology } from '../../shared/topology/topology';
import { dryRuns } from './dry-runs';
import { type Explanation, explainFailure } from './explain-failure';
import { failedCheck, type IdentityType } from './failed-check';
import { type Check, type Finding, ok, skipped } from './finding';

const SUBJECT = 'permission to build';
const MOST_AT_ONCE = 4;

/** What says nothing of a permission and is told by another check: a closed service, and room under a quota. */
const TOLD_ELSEWHERE: ReadonlySet<Explanation['kind']> = new Set(['closed', 'limit']);

interface PermissionsOptions {
  cloud: Cloud;
  region: string;
  /** Null where no file was given. */
  topology: Topology | null;
  identity: IdentityType;
}

export const permissionsCheck = ({ cloud, region, topology, identity }: PermissionsOptions): Check => ({
  subject: SUBJECT,
  run: async () => {
    const patient = withParallelism(cloud, MOST_AT_ONCE);
    const answers = await Promise.all(dryRuns(topology, region).map((request) => ask(patient, request)));
    const failures = answers.filter((error) => error !== null);
    const refused = failures.filter((error) => explainFailure(error)?.kind === 'permission');
    const other = failures.find((error) => !saysNothing(error));
    if (other !== undefined) {
      const failed = failedCheck(other, SUBJECT, identity);
      return [failed, ...(failed.subject === SUBJECT ? [] : [skipped(SUBJECT, `see ${failed.subject}`)])];
    }
    if (refused.length > 0) return [refusal(refused)];
    return [ok('permission-not-refused', SUBJECT, 'no dry run of what builds networks is refused')];
  },
});

/** The error that the dry run was answered with; null where it was answered plainly. */
async function ask(cloud: Cloud, request: CloudRequest): Promise<unknown> {
  try {
    await cloud.call(request);
    return null;
  } catch (error) {
    // Only the cloud's own answers are answers.
    if (cloudErrorOf(error) === null) throw error;
    return error;
  }
}

/** `DryRunOperation` itself, and that nothing has the id, are what is hoped for. */
function saysNothing(error: unknown): boolean {
  const kind = explainFailure(error)?.kind;
  return kind === undefined || kind === 'permission' || TOLD_ELSEWHERE.has(kind);
}

function refusal(errors: readonly unknown[]): Finding {
  const actions = errors.flatMap((error) => {
    const detail = cloudErrorOf(error);
    return detail ? [`${detail.service === 'cbn' ? 'cen' : detail.service}:${detail.action}`] : [];
  });
  const listed = [...new Set(actions)].join(', ');
  return {
    state: 'warning',
    code: 'permission-to-build-missing',
    subject: SUBJECT,
    message: `dry runs with these credentials are refused: ${listed}. The functions build with roles of their own; if a control policy of the resource directory refuses here, it refuses them too`,
    remedy: `to repair a network by hand, grant ${listed}; and see that no control policy denies them`,
  };
}
