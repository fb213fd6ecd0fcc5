/**
 * A tunnel's IKE and IPsec settings: what the API allows, and what it takes where a request says nothing, which is
 * weak: IKEv1, MD5, group 2, for a day (network-apis, section 2.4).
 */
import * as z from 'zod';
import type { Parameter } from '../rpc/action';
import type { TunnelRecord } from './records';
import { refusal } from './refusals';

const ENCRYPTIONS = ['aes', 'aes192', 'aes256', 'des', '3des'] as const;
const AUTHENTICATIONS = ['md5', 'sha1', 'sha256', 'sha384', 'sha512'] as const;
const GROUPS = ['group1', 'group2', 'group5', 'group14'] as const;
const LONGEST_LIFETIME = 86_400;

/** Letters, digits and marks, no spaces. */
const PSK = /^[A-Za-z0-9~!`@#$%^&*()_\-+={}[\]\\|;:'",.<>/?]{1,100}$/;
const IDENTITY = /^\S{1,100}$/;

const string = <const V extends readonly string[]>(values: V) => ({ type: 'string', values }) as const;
const lifetime = { type: 'integer', minimum: 0, maximum: LONGEST_LIFETIME } as const;

/** As parameters of a request: `TunnelIkeConfig.*`. */
export const IKE_FIELDS = {
  Psk: { type: 'string', pattern: PSK },
  IkeVersion: string(['ikev1', 'ikev2']),
  IkeMode: string(['main', 'aggressive']),
  IkeEncAlg: string(ENCRYPTIONS),
  IkeAuthAlg: string(AUTHENTICATIONS),
  IkePfs: string(GROUPS),
  IkeLifetime: lifetime,
  LocalId: { type: 'string', pattern: IDENTITY },
  RemoteId: { type: 'string', pattern: IDENTITY },
} as const satisfies Record<string, Parameter>;

export const IPSEC_FIELDS = {
  IpsecEncAlg: string(ENCRYPTIONS),
  IpsecAuthAlg: string(AUTHENTICATIONS),
  IpsecPfs: string(['disabled', ...GROUPS]),
  IpsecLifetime: lifetime,
} as const satisfies Record<string, Parameter>;

const seconds = z.coerce.number().int().min(0).max(LONGEST_LIFETIME);

/** As JSON in a text: `IkeConfig` of a gateway with one tunnel a connection. */
const ikeJson = z.strictObject({
  Psk: z.string().regex(PSK).optional(),
  IkeVersion: z.enum(['ikev1', 'ikev2']).optional(),
  IkeMode: z.enum(['main', 'aggressive']).optional(),
  IkeEncAlg: z.enum(ENCRYPTIONS).optional(),
  IkeAuthAlg: z.enum(AUTHENTICATIONS).optional(),
  IkePfs: z.enum(GROUPS).optional(),
  IkeLifetime: seconds.optional(),
  LocalId: z.string().regex(IDENTITY).optional(),
  RemoteId: z.string().regex(IDENTITY).optional(),
});
const ipsecJson = z.strictObject({
  IpsecEncAlg: z.enum(ENCRYPTIONS).optional(),
  IpsecAuthAlg: z.enum(AUTHENTICATIONS).optional(),
  IpsecPfs: z.enum(['disabled', ...GROUPS]).optional(),
  IpsecLifetime: seconds.optional(),
});

export type Given = Readonly<Record<string, string | number | undefined>>;

export function parseIke(text: string | undefined): Given {
  const parsed = ikeJson.safeParse(jsonOf(text));
  if (!parsed.success) throw refusal('IllegalParam.IkeConfig');
  return parsed.data;
}

export function parseIpsec(text: string | undefined): Given {
  const parsed = ipsecJson.safeParse(jsonOf(text));
  if (!parsed.success) throw refusal('IllegalParam.IpsecConfig');
  return parsed.data;
}

function jsonOf(text: string | undefined): unknown {
  if (text === undefined) return {};
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

type Ike = TunnelRecord['ike'];
type Ipsec = TunnelRecord['ipsec'];

/** The request's values in the place of the earlier ones, or of the API's own. */
export const mergeIke = (before: Ike, given: Given | undefined): Ike => ({ ...before, ...texts(given) });
export const mergeIpsec = (before: Ipsec, given: Given | undefined): Ipsec => ({ ...before, ...texts(given) });

const texts = (given: Given | undefined): Record<string, string> =>
  Object.fromEntries(
    Object.entries(given ?? {}).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );

/** @param made what identifies either end and the key, which the API has no fixed value for */
export const defaultIke = (made: Pick<Ike, 'Psk' | 'LocalId' | 'RemoteId'>): Ike => ({
  IkeVersion: 'ikev1',
  IkeMode: 'main',
  IkeEncAlg: 'aes',
  IkeAuthAlg: 'md5',
  IkePfs: 'group2',
  IkeLifetime: String(LONGEST_LIFETIME),
  ...made,
});

export const DEFAULT_IPSEC: Ipsec = {
  IpsecEncAlg: 'aes',
  IpsecAuthAlg: 'md5',
  IpsecPfs: 'group2',
  IpsecLifetime: String(LONGEST_LIFETIME),
};
