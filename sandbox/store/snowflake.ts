/** Both derived from the documented key: id 783556860021596160, made at 1675926123437 as the first of its millisecond. */
const EPOCH = 1489111610226n;
const WORKER = 646n;

/** PotatoCloud's ids: 64-bit with the time in the upper bits. They exceed 2^53, so only text keeps them exact. */
export function snowflake(ms: number, sequence: number): string {
  return (((BigInt(Math.trunc(ms)) - EPOCH) << 22n) | (WORKER << 12n) | BigInt(sequence & 0xfff)).toString();
}
