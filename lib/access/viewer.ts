/** Somebody with a session. What they may see of links and clicks is a `Scope`. */
export type Viewer = { userId: string };
