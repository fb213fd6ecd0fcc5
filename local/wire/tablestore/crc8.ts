/** The checksum of plainbuffer cells and rows: polynomial 0x07, most significant bit first, from 0. */
const TABLE = Uint8Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x80 ? (crc << 1) ^ 0x07 : crc << 1;
  return crc & 0xff;
});

export function crc8(crc: number, data: Uint8Array): number {
  let value = crc;
  for (const byte of data) value = TABLE[value ^ byte] ?? 0;
  return value;
}
