/**
 * What is still accepted and no longer recommended: old devices have nothing better, so these are warnings. Broken
 * ones are errors (shape-findings.ts). AES with 128 bits is neither: it is slower to break than anything else here.
 */
import { error, type Finding, warning } from '../finding';
import type { TunnelParameters } from '../topology';
import type { Lint } from './lint';

const WEAK: Readonly<Record<string, readonly [reason: string, remedy: string]>> = {
  ikev1: ['IKEv1 is retired (RFC 9395) and hides no identity in aggressive mode', 'Use ikev2.'],
  sha1: ['SHA-1 is being retired (NIST SP 800-131A)', 'Use sha256.'],
  group2: ['a 1024-bit group is within reach of a state (Logjam)', 'Use group14.'],
  group5: ['a 1536-bit group has little left (RFC 8247)', 'Use group14.'],
};

export const algorithms: Lint = ({ topology: { tunnel, offices } }) => [
  ...(Object.keys(tunnel) as (keyof TunnelParameters)[]).flatMap((key): Finding[] => {
    const [reason, remedy] = WEAK[tunnel[key]] ?? [];
    if (reason === undefined || remedy === undefined) return [];
    return [
      warning(['defaults', 'tunnel', key], { code: 'weak-algorithm', message: `${tunnel[key]}: ${reason}`, remedy }),
    ];
  }),
  ...(tunnel.ike === 'ikev1' ? offices.flatMap(severalBlocks) : []),
];

/** IKEv1 carries one pair of blocks a connection. */
const severalBlocks = ({
  name,
  selectors,
}: {
  name: string;
  selectors: Record<string, readonly string[]>;
}): Finding[] =>
  Object.values(selectors).every((side) => side.length === 1)
    ? []
    : [
        error(['offices', name], {
          code: 'ikev1-several-cidrs',
          message: `${name} has several CIDRs on a side, and IKEv1 carries one`,
          remedy: 'Use ike: ikev2, one CIDR, or selectors: any.',
        }),
      ];
