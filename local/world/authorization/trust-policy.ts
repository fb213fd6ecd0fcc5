/** Who may take a role: the policy that stands on the role itself. */
import * as z from 'zod';
import { type Parsed, parseDocument, texts } from './policy-document';

const principals = texts(z.string().min(1).max(256)).default([]);

const trustSchema = z.strictObject({
  Version: z.literal('1'),
  Statement: z
    .array(
      z.strictObject({
        Effect: z.enum(['Allow', 'Deny']),
        Action: texts(z.literal('sts:AssumeRole')),
        Principal: z
          .strictObject({ RAM: principals, Service: principals, Federated: principals })
          .refine(
            ({ RAM, Service, Federated }) => RAM.length + Service.length + Federated.length > 0,
            'names nobody: RAM, Service or Federated',
          ),
        // Not ignored: who asks for an external id or a second factor would be told that anybody may take the role.
        Condition: z.strictObject({}, { error: 'is not served by the local cloud' }).optional(),
      }),
    )
    .min(1)
    .max(50),
});

export type TrustPolicy = z.output<typeof trustSchema>;

export const parseTrustPolicy = (text: string): Parsed<TrustPolicy> => parseDocument(trustSchema, text);

/** A service's name, or what the RAM list can name the caller by: its own ARN, or the account's root. */
export type Principal = { service: string } | { ram: readonly string[] };

/** A statement that denies wins, as everywhere in RAM. */
export function trusts({ Statement }: TrustPolicy, principal: Principal): boolean {
  const naming = Statement.filter(({ Principal: stated }) =>
    'service' in principal
      ? includes(stated.Service, principal.service)
      : principal.ram.some((arn) => includes(stated.RAM, arn)),
  );
  return naming.length > 0 && naming.every(({ Effect }) => Effect === 'Allow');
}

/** RAM's ARNs are kept in lower case; people write them as they named the role. */
const includes = (stated: readonly string[], name: string): boolean =>
  stated.some((each) => each === '*' || each.toLowerCase() === name.toLowerCase());
