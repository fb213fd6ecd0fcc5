/**
 * What the service's codes of a failed negotiation mean, and what the office does about it: Trunkline set the cloud's
 * side, so that it is the office's device that differs, or does not answer. Codes: the provider's table of IPsec-VPN
 * errors (document 477862, read in November 2026).
 */
export interface TunnelCause {
  cause: string;
  /** For whoever keeps the office's device. */
  remedy: string;
}

const SAME_ALGORITHMS =
  'Give the device exactly the algorithms of this connection, for IKE and for IPsec, and no others.';
const REACHABLE =
  'Is the device on, is its address the one in the file, does it let UDP 500 and 4500 pass to and from the address of this tunnel?';
const SAME_IDS =
  'The device calls itself by its public address, and the cloud by the address of this tunnel: set both as IP addresses.';

const CAUSES: Readonly<Record<string, TunnelCause>> = {
  NoResponse: { cause: 'the office does not answer', remedy: REACHABLE },
  Phase1NegotiationTimeout: { cause: 'the office does not answer in phase 1', remedy: REACHABLE },
  Phase2NegotiationTimeout: {
    cause: 'phase 2 does not come to its end',
    remedy: `${SAME_ALGORITHMS} NAT traversal is on at the cloud's side.`,
  },
  NegotiationFailed: {
    cause: 'phase 2 waits for phase 1 in vain',
    remedy: 'Start the tunnel anew at the device, and look again.',
  },
  PeerMismatch: {
    cause: 'packets come from another address than the office has in the file',
    remedy: 'Let the device send from the address in the file, or correct the address there.',
  },
  PskMismatch: {
    cause: 'the keys differ',
    remedy: 'Enter the key of this office again, without spaces around it; both tunnels have the same.',
  },
  PeerIdMismatch: { cause: 'the ends call themselves otherwise than expected', remedy: SAME_IDS },
  AlgorithmMismatch: { cause: 'the algorithms differ', remedy: SAME_ALGORITHMS },
  EncryptionAlgorithmMismatch: { cause: 'the encryption of IPsec differs', remedy: SAME_ALGORITHMS },
  AuthenticationAlgorithmMismatch: { cause: 'the authentication of IKE differs', remedy: SAME_ALGORITHMS },
  AlgorithmCompatibility: {
    cause: 'the two makes understand an authentication algorithm differently',
    remedy: 'Choose another authentication under tunnel in the file, and at the device.',
  },
  DhGroupMismatch: { cause: 'the DH groups of IKE differ', remedy: SAME_ALGORITHMS },
  PfsMismatch: {
    cause: 'perfect forward secrecy differs',
    remedy: 'Turn PFS on at the device, with the DH group of this connection.',
  },
  ProposalMismatch: { cause: 'no proposal suits both ends', remedy: `The same IKE version first. ${SAME_ALGORITHMS}` },
  IkeVersionMismatch: {
    cause: 'the IKE versions differ',
    remedy: 'Set the device to the version of this connection, instead of letting it choose.',
  },
  NegotiationModeMismatch: { cause: 'the modes of IKEv1 differ', remedy: 'Set the device to main mode.' },
  TrafficSelectorMismatch: {
    cause: 'the protected networks differ',
    remedy:
      "The device's own networks are the office's CIDRs in the file, the other side's 0.0.0.0/0; with selectors: any both are 0.0.0.0/0.",
  },
  LifetimeMismatch: { cause: 'the lifetimes differ', remedy: 'Set 86,400 seconds at the device, for both phases.' },
  NatTMismatch: { cause: 'NAT traversal differs', remedy: 'Turn NAT traversal on at the device.' },
  SecurityProtocolMismatch: { cause: 'the device offers AH', remedy: 'Set the device to ESP.' },
  EncapsulationModeMismatch: { cause: 'the device offers transport mode', remedy: 'Set the device to tunnel mode.' },
  CommitMismatch: { cause: 'the device asks for commits', remedy: 'Turn the commit bit off at the device.' },
  DpdTimeout: {
    cause: 'the office was there and answers no more',
    remedy: `Look at the office's line to the internet. ${REACHABLE}`,
  },
  DpdHashNotifyCompatibility: {
    cause: 'the device orders its keep-alives otherwise',
    remedy: 'Set the payload sequence of dead peer detection to hash-notify at the device.',
  },
  ReceiveDeleteNotify: {
    cause: 'the office took the tunnel down',
    remedy: 'See in the log of the device why it did: a limit of time or traffic, a change, somebody.',
  },
  NoExceptionFound: {
    cause: 'nobody has tried',
    remedy: 'Start the tunnel at the device: some do only when there is traffic.',
  },
};

/** A code that came later than this table is told as it is. */
export const tunnelCause = (code: string): TunnelCause =>
  CAUSES[code] ?? { cause: `the service says ${code}`, remedy: 'Its page on IPsec-VPN errors tells what that is.' };

export const TUNNEL_CODES: readonly string[] = Object.keys(CAUSES);
