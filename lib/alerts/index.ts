/**
 * Alerts to people: rules on what the console knows, channels, messages and their tries. The door for server code; the
 * browser uses types.ts and schemas.ts.
 */
import "server-only";

export { checkAlerts } from "./check-alerts";
export { listFiring } from "./list-firing";
export { pruneAlerts } from "./prune-alerts";
export { readAlerts } from "./read-alerts";
export { removeChannel } from "./remove-channel";
export { saveChannel } from "./save-channel";
export { sendAlerts } from "./send-alerts";
export { testChannel } from "./test-channel";
