/** Both recovered from the documented key: id 783556860021596160 was made at 1675926123437 as the first of its ms. */
const EPOCH = 1489111610226n;
const WORKER = 646n;

/** PotatoCloud's ids: 64-bit, time in the upper bits, so over 2^53 and only safe as text. */
export function snowflake(ms: number, sequence: number): string {
  return (((BigInt(Math.trunc(ms)) - EPOCH) << 22n) | (WORKER << 12n) | BigInt(sequence & 0xfff)).toString();
}
