/**
 * What a topology file needs of the account: what it names, the transit router service, room under the quotas. What the
 * file itself is warned of goes along: that a link crosses the border cannot be asked of the account.
 */
import { compareAccount } from '../../shared/alicloud/compare-account';
import { type Cloud, cloudErrorOf } from '../../shared/engine/cloud';
import type { Problem } from '../../shared/problem';
import type { Topology } from '../../shared/topology/topology';
import { compareQuotas } from './compare-quotas';
import { explainFailure } from './explain-failure';
import { failedCheck, type IdentityType } from './failed-check';
import { type Check, type Finding, ok, skipped } from './finding';

export interface ReadTopology {
  topology: Topology;
  /** Warnings: with an error there is no topology. */
  problems: readonly Problem[];
}

export const topologyCheck = ({ topology, problems }: ReadTopology, cloud: Cloud, identity: IdentityType): Check => {
  const subject = `network ${topology.name}`;
  return {
    subject,
    run: async () => {
      const told = problems.map((problem) => problemFinding(subject, problem));
      try {
        const found = await Promise.all([compareAccount({ topology, cloud }), compareQuotas(topology, cloud)]);
        const differences = found.flat().map((problem) => problemFinding(subject, problem));
        const fits = ok('account-fits', subject, 'the account has what the file names, and room for what it makes');
        return [...told, ...(differences.some(({ state }) => state === 'error') ? [] : [fits]), ...differences];
      } catch (error) {
        const failed = failedCheck(error, subject, identity);
        return [...told, failed, ...(failed.subject === subject ? [] : [skipped(subject, `see ${failed.subject}`)])];
      }
    },
  };
};

function problemFinding(subject: string, { severity, code, message, remedy, file, line }: Problem): Finding {
  const place = file === null ? '' : ` (${[file, line].filter((part) => part !== null).join(':')})`;
  return { state: severity, code, subject: `${subject}${place}`, message, remedy };
}

/** Without a file it is not known whether it is needed: the basic edition has no use for it. */
export const transitRouterCheck = (cloud: Cloud, identity: IdentityType): Check => {
  const subject = 'transit router service';
  return {
    subject,
    run: async () => {
      try {
        await cloud.call({ service: 'cbn', region: null, action: 'CheckTransitRouterService', parameters: {} });
        return [ok('service-open', subject, 'opened')];
      } catch (error) {
        const explained = explainFailure(error);
        if (explained?.kind !== 'closed' || !cloudErrorOf(error)) return [failedCheck(error, subject, identity)];
        const message = `${explained.cause}; networks of edition transit-router need it`;
        return [{ state: 'warning', code: 'service-closed', subject, message, remedy: explained.remedy }];
      }
    },
  };
};
