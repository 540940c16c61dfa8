/** Background of each shade; the first is for no clicks. */
export const SHADES = ["bg-shade-none", "bg-shade-1", "bg-shade-2", "bg-shade-3", "bg-shade-4", "bg-shade-5"];
