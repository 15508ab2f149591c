/**
 * Preloaded into a child of the launcher (`--import`): when the launcher is gone, the channel to it closes, and the
 * child ends itself as if it had been asked to. So nothing is left behind by a killed launcher.
 */
process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
process.channel?.unref();
// The child's own children inherit its flags, and must not this one: Next's workers live by their channel and would
// end at once, and with hot reload every page with a dynamic part of its path would wait for them for ever.
const own = process.execArgv.indexOf("--import");
if (own >= 0) process.execArgv.splice(own, 2);
