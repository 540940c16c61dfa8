import "server-only";
import { env } from "@/lib/base/env";

/** Whether this installation is used over https. */
export const isHttps = (publicUrl = env().PUBLIC_URL): boolean => publicUrl?.startsWith("https:") ?? false;
