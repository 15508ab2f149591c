/** An admin request that is not valid; the message says which part. */
export class BadRequest extends Error {
  override name = "BadRequest";
}
