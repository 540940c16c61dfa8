// Replaces all scales of d3 in the chart library, which looks them up by name and would bundle every one: ours are
// numbers and equally spaced points.
export { scaleBand, scaleLinear, scalePoint } from "d3-scale";
