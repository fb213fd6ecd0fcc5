/**
 * A text that nobody prints (W7): a pre-shared key, a webhook's key, an access key's secret. Whatever writes it out as
 * it stands (a log line, JSON, a template, an inspector, an error) writes `[secret]`; its text is had from `revealed`
 * alone, and that is called where a service wants it and nowhere else.
 */
const SHOWN = '[secret]';

export class Secret {
  /** Not enumerable, not inherited, not copied by a spread. */
  readonly #text: string;
  readonly #parts: readonly Secret[];

  constructor(text: string, parts: readonly Secret[] = []) {
    this.#text = text;
    this.#parts = parts;
  }

  /** `revealed` reads better, and is easier to search for. */
  static textOf(secret: Secret): string {
    return secret.#text;
  }

  /** Itself, and what it is made of: a JSON text and the key in it. */
  static textsOf(secret: Secret): string[] {
    return [secret.#text, ...secret.#parts.flatMap((part) => Secret.textsOf(part))];
  }

  toString(): string {
    return SHOWN;
  }

  toJSON(): string {
    return SHOWN;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return SHOWN;
  }
}

export const secretOf = (text: string): Secret => new Secret(text);

/** A text around secrets: the whole is one, and each of its parts is searched for where it must not stand. */
export const secretAround = (text: string, parts: readonly Secret[]): Secret => new Secret(text, parts);

export const revealed = (secret: Secret): string => Secret.textOf(secret);

export const revealedParts = (secret: Secret): string[] => Secret.textsOf(secret);
