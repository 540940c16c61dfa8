import { count } from "@/lib/base/format";

/** "1 click", "1,234 clicks". */
export const counted = (n: number, one: string, many = `${one}s`): string => `${count(n)} ${n === 1 ? one : many}`;
