/** Somebody who may read. Every answer asks for one, so that access is checked where data is read. */
export type Viewer = { userId: string };
