/**
 * Preloaded into a child of the launcher (`--import`): when the launcher is gone, the channel to it closes, and the
 * child ends itself as if it had been asked to. So nothing is left behind by a killed launcher.
 */
process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
process.channel?.unref();
