/** Something the operator can act on: the message is one clear sentence, shown without a stack. */
export class LaunchError extends Error {
  override name = "LaunchError";
}

/**
 * What the operator has given cannot be right, however often it is tried: a service manager should not start it again.
 * Ends the launcher with EX_CONFIG of sysexits.h (`RestartPreventExitStatus=78` in deploy/cardesk.service).
 */
export class ConfigurationError extends LaunchError {
  override name = "ConfigurationError";
  static readonly exitCode = 78;
}
