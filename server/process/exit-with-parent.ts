/**
 * Preloaded into a child process (`--import`). When its parent is gone, the channel to it closes, and the child ends as
 * if it had received SIGTERM. So a killed launcher leaves no process behind.
 */
process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
process.channel?.unref();
// The child's own children inherit its flags and must not inherit this one: Next's workers have a channel too and would
// end at once, and with hot reload every page with a dynamic segment would wait for them forever.
const own = process.execArgv.indexOf("--import");
if (own >= 0) process.execArgv.splice(own, 2);
