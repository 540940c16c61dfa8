/** A delivery of several times the usual size still fits. */
export const ROOM_BYTES = 65_536;

/** Whether deliveries can wait in a spool of which `bytes` of `limit` are taken. */
export const hasRoom = ({ bytes, limit }: { bytes: number; limit: number }): boolean => bytes + ROOM_BYTES <= limit;
