import { type Secret, secretOf } from '../secret';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** 48 of 62 signs are 285 bits; letters and digits are what every office device's command line takes. */
const LENGTH = 48;

/** A pre-shared key. Bytes past the last multiple of 62 are drawn again, so that every sign is as likely. */
export function randomKey(randomBytes: (size: number) => Uint8Array): Secret {
  const fair = 256 - (256 % ALPHABET.length);
  let key = '';
  // Each draw is kept with a chance of 97 %: a source that ends up here 1,000 times is no random one.
  for (let draw = 0; draw < 1_000 && key.length < LENGTH; draw += 1)
    for (const byte of randomBytes(LENGTH - key.length)) if (byte < fair) key += ALPHABET[byte % ALPHABET.length];
  if (key.length < LENGTH) throw new RangeError('the source of randomness repeats itself');
  return secretOf(key);
}
