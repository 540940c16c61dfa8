import "server-only";
import { ImageResponse } from "next/og";
import { counted } from "@/components/ui/counted";
import { count } from "@/lib/base/format";
import { answer } from "@/lib/question/answer";
import { type Filters, question, type Scope } from "@/lib/question/question";
import { rangeDates } from "@/lib/question/words";

const SIZE = { width: 1200, height: 630 };
const CHART = { width: 1072, height: 260 };

/** Some of what the drawing's font has. For other characters the library would fetch fonts from elsewhere. */
export const isDrawable = (text: string): boolean =>
  /^[\u0020-\u007e\u00a1-\u00ac\u00ae-\u0113\u2013\u2014\u2018\u2019\u201c\u201d]*$/.test(text);

const COLORS = { page: "#f5f6f3", ink: "#16201c", muted: "#5c6b64", accent: "#0f8a5f" };

/** How long a program may show it before it asks again. */
const NEW_EVERY_S = 300;

/** A picture of a share link's totals and chart, 1200 × 630, as it is now. */
export async function sharePicture(name: string, filters: Filters, scope: Scope): Promise<Response> {
  const asked = { ...filters, comparison: null, granularity: null };
  const [totals, { points }] = await Promise.all([
    answer(question(scope, { kind: "totals" }, asked)),
    answer(question(scope, { kind: "series" }, asked)),
  ]);
  const most = Math.max(1, ...points.map(({ clicks }) => clicks));
  const width = CHART.width / Math.max(1, points.length);
  const told = totals.small?.includes("clicks") ? "Few clicks" : counted(totals.clicks, "click");
  const visitors = totals.withheld === 0 && totals.visitors > 0 ? `${count(totals.visitors)} visitors` : "";
  const dates = rangeDates(asked);
  return new ImageResponse(
    <div
      style={{
        ...{ display: "flex", flexDirection: "column", justifyContent: "space-between", padding: 64 },
        ...{ width: "100%", height: "100%", background: COLORS.page, color: COLORS.ink },
      }}
    >
      <div style={{ display: "flex", flexDirection: "column", gap: 12 }}>
        <div style={{ fontSize: 40, overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" }}>
          {isDrawable(name) ? name : "Clicks"}
        </div>
        <div style={{ display: "flex", alignItems: "baseline", gap: 32 }}>
          <div style={{ fontSize: 88 }}>{told}</div>
          <div style={{ fontSize: 36, color: COLORS.muted }}>{visitors}</div>
        </div>
        <div style={{ fontSize: 30, color: COLORS.muted }}>{isDrawable(dates) ? dates : ""}</div>
      </div>
      <div style={{ display: "flex", alignItems: "flex-end", ...CHART }}>
        {points.map(({ start, clicks }) => (
          <div
            key={start}
            style={{
              ...{ width: width * 0.8, marginRight: width * 0.2, height: (clicks / most) * CHART.height },
              ...{ background: COLORS.accent, borderRadius: 3 },
            }}
          />
        ))}
      </div>
    </div>,
    { ...SIZE, headers: { "Cache-Control": `private, max-age=${NEW_EVERY_S}` } },
  );
}
