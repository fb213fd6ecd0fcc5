/** A finding as the line of the proof: what was wanted, and what the verdict rests on. */
import type { Access } from './access';
import { OFFICE_DEVICE, PACKS } from './assumptions';
import type { End } from './ground';
import type { Finding } from './judge';
import type { PairProof } from './proof';

export function pairProof(input: {
  from: End;
  to: End;
  port: string | null;
  wanted: boolean;
  finding: Finding;
  access: Access;
}): PairProof {
  const { from, to, port, wanted, finding, access } = input;
  const { path, blockedAt, cause, remedy } = finding;
  const carried = finding.verdict === 'reachable' || finding.verdict === 'assumed';
  const toDevice = carried && access.leavesToDevice(from.name, to.name);
  const verdict = toDevice ? 'assumed' : finding.verdict;
  const assumptions = referTo(finding.assumptions, toDevice, from.kind === 'office' || to.kind === 'office');
  return {
    from: from.name,
    to: to.name,
    port,
    verdict,
    reachable: carried,
    wanted,
    path,
    blockedAt,
    cause,
    remedy,
    assumptions,
  };
}

const ONLY_PACKS = [PACKS.id];
const PACKS_AND_DEVICE = [PACKS.id, OFFICE_DEVICE.id];

/** Most of a million pairs rest on the same two lists: these are shared. */
function referTo(own: string[], toDevice: boolean, office: boolean): string[] {
  if (!office) return own;
  const standing = toDevice ? PACKS_AND_DEVICE : ONLY_PACKS;
  return own.length === 0 ? standing : [...standing, ...own];
}
