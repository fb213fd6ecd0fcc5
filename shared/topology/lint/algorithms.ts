/** What is still accepted and no longer recommended. The broken ones are refused before (resolve.ts). */
import { type Finding, type Lint, warning } from './finding';

const WEAK: Readonly<Record<string, string>> = {
  ikev1: 'IKEv1 carries one CIDR pair a connection on many devices and has no liveness check of its own; use ikev2',
  aes: '128-bit keys are enough today and not for long-lived traffic; use aes256',
  sha1: 'SHA-1 is retired; use sha256',
  group2: 'a 1024-bit group is within reach of a state; use group14',
  group5: 'a 1536-bit group is no longer recommended; use group14',
};

export const algorithms: Lint = ({ tunnel }) =>
  Object.entries(tunnel).flatMap(([key, value]): Finding[] => {
    const reason = WEAK[value];
    return reason === undefined
      ? []
      : [
          warning(
            ['defaults', 'tunnel', key],
            'weak-algorithm',
            `${value}: ${reason.split(';')[0]}`,
            `${capital(reason.split('; ')[1] ?? '')}.`,
          ),
        ];
  });

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
