/** The Talk-Bot account: poll, store, read. The door for server code; the browser uses types.ts and schemas.ts. */
import "server-only";

export { readForecast } from "./forecast/read-forecast";
export { pollBilling } from "./poll-billing";
export { pollUsage } from "./poll-usage";
export { billingView, lastBilling, readBilling } from "./read-billing";
export { readBillingHistory } from "./read-billing-history";
export { readUsage } from "./read-usage";
export { refreshBilling } from "./refresh-billing";
