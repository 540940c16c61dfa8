import { count, percent } from "@/lib/format";

/** "1,785 clicks, 14.9 %", with those of the comparison where there is one: "1,785 clicks, 14.9 %, 1,500 before". */
export function clicksWords(clicks: number, total: number, previous?: number): string {
  const words = `${count(clicks)} ${clicks === 1 ? "click" : "clicks"}`;
  return [
    clicks > 0 ? `${words}, ${percent(clicks, total)}` : "no clicks",
    ...(previous === undefined ? [] : [`${count(previous)} before`]),
  ].join(", ");
}
