import { numberFormat } from "@/lib/base/locale";

const UNITS = ["bytes", "KB", "MB", "GB", "TB"];

/** A size in its largest unit: "0 bytes", "512 MB", "1.4 GB". */
export function size(bytes: number): string {
  const step = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** step;
  const digits = step > 0 && value < 10 ? 1 : 0;
  const format = numberFormat({ minimumFractionDigits: digits, maximumFractionDigits: digits, useGrouping: false });
  return `${format.format(value)}\u00A0${UNITS[step]}`;
}
