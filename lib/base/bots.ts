/** Whether clicks by bots count: the words of the parameter `bots` and of the setting DEFAULT_BOTS. */
export const BOTS = ["include", "exclude", "only"] as const;
export type Bots = (typeof BOTS)[number];
