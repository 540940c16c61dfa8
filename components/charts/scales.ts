// Stands in for all scales of d3 in the drawing library, which looks them up by name and so brings every one of them to
// the browser: ours are numbers and points in a row.
export { scaleBand, scaleLinear, scalePoint } from "d3-scale";
