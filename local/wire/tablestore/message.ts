/**
 * Protocol Buffers by hand: a message is an object of fields, each with its number, and its TypeScript type follows
 * from that. The field numbers are the protocol's; protobufjs reads and writes the bytes.
 *
 * Not chosen: reflection over .proto text (a second language in the tree, results typed by assertion) and the SDK's
 * own compiled module (the emulator would be checked by itself).
 */
import { Reader, Writer } from 'protobufjs/minimal';

interface Kind<T> {
  /** 0 for varints, 2 for what has a length. The protocol's messages use no other. */
  wireType: 0 | 2;
  read(reader: Reader): T;
  write(writer: Writer, value: T): void;
}

export interface Field<T> {
  number: number;
  kind: Kind<unknown>;
  rule: 'required' | 'optional' | 'repeated';
  /** Carries the type; never there. */
  readonly type?: T;
}

export type Fields = Readonly<Record<string, Field<unknown>>>;

export type MessageOf<F extends Fields> = { [K in keyof F]: F[K] extends Field<infer T> ? T : never };

/** The bytes are not the message they should be. */
export class MessageError extends Error {}

export const int: Kind<number> = {
  wireType: 0,
  // 64-bit integers of this protocol are times in ms and counts: safe integers, whichever form the reader gives.
  read: (reader) => Number(String(reader.int64())),
  write: (writer, value) => writer.int64(value),
};
export const bool: Kind<boolean> = {
  wireType: 0,
  read: (reader) => reader.bool(),
  write: (writer, value) => writer.bool(value),
};
export const text: Kind<string> = {
  wireType: 2,
  read: (reader) => reader.string(),
  write: (writer, value) => writer.string(value),
};
export const bytes: Kind<Buffer> = {
  wireType: 2,
  read: (reader) => Buffer.from(reader.bytes()),
  write: (writer, value) => writer.bytes(value),
};

/** Names for the protocol's numbers; a number without a name is refused. */
export const oneOf = <const Names extends Readonly<Record<number, string>>>(names: Names): Kind<Names[keyof Names]> => {
  const numbers = new Map(Object.entries(names).map(([number, name]) => [name, Number(number)]));
  return {
    wireType: 0,
    read: (reader) => {
      const number = reader.int32();
      const name = names[number];
      if (name === undefined) throw new MessageError(`unknown value ${number}`);
      return name as Names[keyof Names];
    },
    write: (writer, value) => writer.int32(numbers.get(value as string) ?? 0),
  };
};

export const message = <F extends Fields>(fields: F): Kind<MessageOf<F>> => ({
  wireType: 2,
  read: (reader) => decode(fields, reader.bytes()),
  write: (writer, value) => writer.bytes(encode(fields, value)),
});

export const required = <T>(number: number, kind: Kind<T>): Field<T> => ({ number, kind, rule: 'required' });
/** Null where it is absent. */
export const optional = <T>(number: number, kind: Kind<T>): Field<T | null> => ({ number, kind, rule: 'optional' });
export const repeated = <T>(number: number, kind: Kind<T>): Field<T[]> => ({ number, kind, rule: 'repeated' });

/** Fields that the message does not name are skipped: clients are newer than this list. */
export function decode<F extends Fields>(fields: F, buffer: Uint8Array): MessageOf<F> {
  const names = new Map(Object.entries(fields).map(([name, field]) => [field.number, name]));
  const values: Record<string, unknown> = {};
  for (const [name, { rule }] of Object.entries(fields)) values[name] = rule === 'repeated' ? [] : null;
  try {
    const reader = Reader.create(buffer);
    while (reader.pos < reader.len) {
      const tag = reader.uint32();
      const name = names.get(tag >>> 3);
      const field = name === undefined ? undefined : fields[name];
      if (name === undefined || field === undefined || field.kind.wireType !== (tag & 7)) {
        reader.skipType(tag & 7);
        continue;
      }
      const value = field.kind.read(reader);
      if (field.rule === 'repeated') (values[name] as unknown[]).push(value);
      else values[name] = value;
    }
  } catch (error) {
    throw error instanceof MessageError ? error : new MessageError(String(error));
  }
  for (const [name, { rule }] of Object.entries(fields))
    if (rule === 'required' && values[name] === null) throw new MessageError(`missing field ${name}`);
  // Built field by field from the same description that the type is made of.
  return values as MessageOf<F>;
}

export function encode<F extends Fields>(fields: F, values: MessageOf<F>): Buffer {
  const writer = Writer.create();
  for (const [name, { number, kind, rule }] of Object.entries(fields)) {
    const value: unknown = values[name];
    if (value === null) continue;
    for (const one of rule === 'repeated' ? (value as unknown[]) : [value]) {
      writer.uint32((number << 3) | kind.wireType);
      kind.write(writer, one);
    }
  }
  return Buffer.from(writer.finish());
}
