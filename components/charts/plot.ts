const MARGIN = { top: 8, right: 24, bottom: 0, left: 0 };
const Y_WIDTH = 44;
const X_HEIGHT = 34;

/** How the chart is laid out, for the library that draws it. */
export const LAYOUT = { margin: MARGIN, yWidth: Y_WIDTH, xHeight: X_HEIGHT };

/** Pixels between the edges of the chart and where its lines are drawn. */
export const PLOT = { left: Y_WIDTH, right: MARGIN.right, top: MARGIN.top, bottom: X_HEIGHT };
