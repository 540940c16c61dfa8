/** Open requests get this long when the process that started us has vanished. */
const ORPHAN_LIMIT_MS = 10_000;

/** Ends the server when the start script, which holds the other end of the channel, is gone. */
export function endWithParent(): void {
  process.once("disconnect", () => {
    process.kill(process.pid, "SIGTERM");
    setTimeout(() => process.exit(1), ORPHAN_LIMIT_MS).unref();
  });
}
