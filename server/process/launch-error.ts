/** Something the operator can act on: the message is one clear sentence, shown without a stack. */
export class LaunchError extends Error {
  override name = "LaunchError";
}
