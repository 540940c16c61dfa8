import { generate, isGenerated } from "@/scripts/generate";

/** Makes what the sources need but git does not keep, when it is missing or out of date. */
export default async function setup(): Promise<void> {
  if (!isGenerated()) await generate();
}
