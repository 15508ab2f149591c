/**
 * The product's Fault lab: faults of the sandbox, set from the console. The door for server code; the browser uses
 * types.ts and schemas.ts.
 */
import "server-only";

export { addFault } from "./add-fault";
export { readFaultLab } from "./read-fault-lab";
export { removeFaults } from "./remove-faults";
export { runScenario } from "./run-scenario";
export { setConsumer } from "./set-consumer";
export { setLatency } from "./set-latency";
