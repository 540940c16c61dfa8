/** Pixels around the picture and between its lines of text, and how much sharper it is than the screen. */
const EDGE = 24;
const LINE = 20;
const SHARPNESS = 2;
const KEPT_MS = 60_000;

/** Screens drawn before the drawing is given up: ten seconds. */
const MOST_FRAMES = 600;

/** The drawing itself appears when the chart library has loaded, which the click has begun. @throws Error if it doesn't */
async function drawingIn(figure: Element): Promise<SVGSVGElement> {
  const found = () => figure.querySelector<SVGSVGElement>("svg.recharts-surface");
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  await import("./lines");
  for (let frames = 0; frames < MOST_FRAMES && figure.isConnected; frames++) {
    const drawing = found();
    if (drawing) return drawing;
    await frame();
  }
  throw new Error("There is no chart to save.");
}

/** What a drawing takes from the page's style sheets. */
const LOOKS = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stop-color", "stop-opacity"];

/** A drawing without its texts, as a picture that needs no style sheet. */
async function pictureOf(drawing: SVGSVGElement): Promise<HTMLImageElement> {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const copies = [copy, ...copy.querySelectorAll<SVGElement>("*")];
  [drawing, ...drawing.querySelectorAll("*")].forEach((element, index) => {
    const style = getComputedStyle(element);
    for (const look of LOOKS) copies[index]?.style.setProperty(look, style.getPropertyValue(look));
  });
  for (const text of copy.querySelectorAll("text")) text.remove();
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  const picture = new Image();
  picture.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await picture.decode();
  return picture;
}

/** A line as far as it fits. */
function cut(context: CanvasRenderingContext2D, line: string, width: number): string {
  if (context.measureText(line).width <= width) return line;
  const letters = [...line];
  while (letters.length > 0 && context.measureText(`${letters.join("")}…`).width > width) letters.pop();
  return `${letters.join("")}…`;
}

type Words = { title: string; lines: readonly string[] };

/** The chart in `figure` with lines of text above it, as a PNG in the page's colours and fonts. */
async function drawImage(figure: Element, { title, lines }: Words): Promise<Blob> {
  const drawing = await drawingIn(figure);
  const picture = await pictureOf(drawing);
  const { left, top, width, height } = drawing.getBoundingClientRect();
  const head = EDGE + LINE * (lines.length + 1) + LINE / 2;
  const canvas = document.createElement("canvas");
  const [wide, high] = [width + 2 * EDGE, head + height + EDGE];
  [canvas.width, canvas.height] = [wide * SHARPNESS, high * SHARPNESS];
  const context = canvas.getContext("2d");
  if (!context) throw new Error("This browser can’t draw images.");
  context.scale(SHARPNESS, SHARPNESS);
  const page = getComputedStyle(document.body);
  const color = (name: string) => resolved(figure, `var(--color-${name})`);
  context.fillStyle = color("surface");
  context.fillRect(0, 0, wide, high);

  context.textBaseline = "middle";
  context.fillStyle = color("ink");
  context.font = `600 16px ${page.fontFamily}`;
  context.fillText(cut(context, title, wide - 2 * EDGE), EDGE, EDGE + LINE / 2);
  context.fillStyle = color("muted");
  context.font = `12px ${page.fontFamily}`;
  lines.forEach((line, index) => {
    context.fillText(cut(context, line, wide - 2 * EDGE), EDGE, EDGE + LINE * (index + 1.5));
  });
  // Where data is missing the page hatches; here it is a shade.
  context.fillStyle = color("line");
  for (const gap of figure.querySelectorAll(".no-data, .unheard")) {
    const box = gap.getBoundingClientRect();
    context.globalAlpha = 0.5;
    context.fillRect(EDGE + box.left - left, head + box.top - top, box.width, box.height);
    context.globalAlpha = 1;
  }
  context.drawImage(picture, EDGE, head, width, height);
  context.fillStyle = color("strong-line");
  for (const mark of figure.querySelectorAll("[data-note]")) {
    const box = mark.getBoundingClientRect();
    context.fillRect(EDGE + box.left - left, head + box.top - top, 1, box.height);
  }
  context.fillStyle = color("muted");
  context.textAlign = "center";
  for (const text of drawing.querySelectorAll("text")) {
    const box = text.getBoundingClientRect();
    const [x, y] = [box.left - left + box.width / 2, box.top - top + box.height / 2];
    context.fillText(text.textContent ?? "", EDGE + x, head + y);
  }
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The image is too large."))), "image/png");
  });
}

/** A colour as the canvas knows it: it has no variables and no themes. */
function resolved(figure: Element, color: string): string {
  const probe = document.createElement("span");
  probe.style.color = color;
  figure.append(probe);
  const known = getComputedStyle(probe).color;
  probe.remove();
  return known;
}

/** Saves the chart in `figure` as a PNG. */
export async function saveImage(figure: Element, { name, ...words }: Words & { name: string }): Promise<void> {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await drawImage(figure, words));
  link.download = name;
  link.click();
  // Some browsers read it after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}
