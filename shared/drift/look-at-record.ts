/** One look at what a record stands for. Reads only: the cloud that it is given refuses everything else. */
import { type Cloud, type CloudErrorDetail, cloudErrorOf } from '../engine/cloud';
import { goneAsAbsent } from '../engine/gone-as-absent';
import { identityOf } from '../engine/identity';
import type { ResourceRecord } from '../engine/record';
import type { Observation, References, ResourceKind } from '../engine/resource-kind';
import type { NetworkKey } from '../engine/store';
import { invariant } from '../errors';
import { canonicalJson, type Json, type JsonObject } from '../json';
import type { Desired, Kind } from '../plan/desired';
import type { DriftFinding } from './drift-finding';
import { judgeDrift } from './judge-drift';

export interface LookDeps {
  cloud: Cloud;
  deployment: string;
  kindOf(kind: Kind): ResourceKind;
}

export interface Looked {
  finding: DriftFinding | null;
  /** Why it could not be looked at. */
  notSeen: string | null;
  /** Of what stands there. */
  attributes: JsonObject | null;
}

const ABSENT: Observation = { state: 'absent' };
const UNSEEN: Looked = { finding: null, notSeen: null, attributes: null };

/** Throws what another try may mend: a throttled or broken call. */
export async function lookAtRecord(deps: LookDeps, { owner, record, desired, references }: Subject): Promise<Looked> {
  const kind = deps.kindOf(record.kind);
  const { id: resource, generation, cloudId, parameters } = record;
  const identity = identityOf({ ...owner, deployment: deps.deployment, resource, generation });
  const { cloud } = deps;
  const judged = (observation: Observation, inPlace: Observation | null, obstacles: string[] = []): Looked => ({
    finding: judgeDrift({ record, desired, identity, kind, references, observation, inPlace, obstacles }),
    notSeen: null,
    attributes: observation.state === 'present' ? observation.attributes : null,
  });
  // Noted as gone by a repair or a run before: nothing to look for until it is made again.
  if (cloudId === null) return judged(ABSENT, null);
  if (parameters === null) return { ...UNSEEN, notSeen: 'nothing tells what it was made with' };
  try {
    const observation = await goneAsAbsent(kind.observe({ desired, cloudId, parameters, cloud }));
    if (observation.state === 'present')
      return judged(observation, null, await kind.obstacles?.({ desired, cloudId, cloud }));
    return judged(observation, await goneAsAbsent(kind.find({ desired, parameters, identity, cloud })));
  } catch (error) {
    const detail = cloudErrorOf(error);
    if (detail?.class !== 'fatal') throw error;
    const { message } = error as Error;
    // What the kind itself refuses to go on with is what it saw; what the service refuses is no look at all.
    return isOurs(detail) ? { ...UNSEEN, finding: refused(record, detail, message) } : { ...UNSEEN, notSeen: message };
  }
}

export interface Subject {
  owner: NetworkKey;
  record: ResourceRecord;
  desired: Desired;
  /** All that is recorded of the network. */
  references: References;
}

const isOurs = ({ status, requestId }: CloudErrorDetail): boolean => status === null && requestId === null;

const refused = (
  { id: resource, kind, cloudId, ownership, version }: ResourceRecord,
  { code }: CloudErrorDetail,
  detail: string,
): DriftFinding => ({
  resource,
  kind,
  cloudId,
  ownership,
  what: code.endsWith('Missing') ? 'gone' : 'changed',
  detail,
  remedy: 'Only its owner can put it back.',
  repair: null,
  version,
});

/**
 * A cloud that is only asked, and the same question once: the routes of a gateway are one list, however many of them are
 * recorded. For one look; the next one asks again.
 */
export function onlyAsked(cloud: Cloud): Cloud {
  const answers = new Map<string, Promise<unknown>>();
  return {
    call: async (request) => {
      const { service, region, action, parameters } = request;
      invariant(/^(Describe|List|Get|Check)/.test(action), `${action} is no question`);
      const question = canonicalJson([service, region, action, JSON.parse(JSON.stringify(parameters)) as Json]);
      const known = answers.get(question);
      if (known) return known;
      const answer = cloud.call(request);
      answers.set(question, answer);
      // A failure is nobody's answer.
      answer.catch(() => answers.delete(question));
      return answer;
    },
  };
}
