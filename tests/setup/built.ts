import { build, isBuilt } from "@/scripts/build";

/** Makes the production build when there is none of these sources. */
export default async function setup(): Promise<void> {
  if (!isBuilt()) await build();
}
