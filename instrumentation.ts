/** Called once when the server starts, in each runtime. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { endStreamsAtStop, endWithParent, keepIntake, keepMirror, keepSpelling, takeRequests } = await import(
    "./instrumentation-node"
  );
  endWithParent();
  takeRequests();
  keepMirror();
  keepIntake();
  keepSpelling();
  endStreamsAtStop();
}
