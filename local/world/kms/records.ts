/** What the key management service keeps: generic secrets with their versions. Key `region/name`. */
export const SECRETS = 'kms.secrets';

export interface SecretRecord {
  name: string;
  region: string;
  description: string;
  createdAt: number;
  /** Newest last; ten are kept. */
  versions: SecretVersion[];
  tags: { TagKey: string; TagValue: string }[];
  /** Set where it was deleted with a recovery window: until then its name cannot be used again. */
  deletedUntil: number | null;
}

export interface SecretVersion {
  id: string;
  data: string;
  type: 'text' | 'binary';
  /** `ACSCurrent`, `ACSPrevious`, and what the user named. */
  stages: string[];
  createdAt: number;
}

export const secretKey = (region: string, name: string): string => `${region}/${name}`;
