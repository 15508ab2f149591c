/** Settings, and the write pause. The door for server code; the browser uses types.ts and schemas.ts. */
import "server-only";

export { assertWritesAllowed } from "./assert-writes-allowed";
export { changeSetting } from "./change-setting";
export { onDefaults } from "./on-defaults";
export { pauseWrites } from "./pause-writes";
export {
  type ConfigurationView,
  readConfiguration,
  type UpstreamConfiguration,
  upstreamConfigurations,
} from "./read-configuration";
export { type IncidentView, readIncident } from "./read-incident";
export { readRestoredAt } from "./read-restored-at";
export { readRetentionStart } from "./read-retention-start";
export { readSecondFactorExposure } from "./read-second-factor-exposure";
export { readSecondFactorPolicy, secondFactorPolicyOf } from "./read-second-factor-policy";
export { readSettings } from "./read-settings";
export { resumeWrites } from "./resume-writes";
export { isSecondFactorRequired } from "./second-factor-policy";
export { everySetting, keepSettings, type StoredSettings } from "./stored-settings";
