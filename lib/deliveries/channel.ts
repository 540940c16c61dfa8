/** Postgres' channel on which servers tell each other that clicks have been stored. */
export const CHANNEL = "footfall_clicks";
