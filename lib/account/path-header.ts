/** Carries the path and query of a page request from proxy.ts, since a server component is not told them. */
export const PATH_HEADER = "x-footfall-path";
