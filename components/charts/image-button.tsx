"use client";

import { Image as ImageIcon } from "lucide-react";
import { useState } from "react";
import { IconButton } from "@/components/ui/icon-button";

/** Saves the chart it stands in as an image; `lines` stand below the page's title. */
export function ImageButton({ name, total, lines }: { name: string; total: string; lines: readonly string[] }) {
  const [state, setState] = useState<"idle" | "busy" | "failed">("idle");
  async function save(button: Element): Promise<void> {
    const figure = button.closest("figure");
    if (!figure || state === "busy") return;
    setState("busy");
    try {
      const { saveImage } = await import("./chart-image");
      const title = `${document.querySelector("h1")?.textContent ?? "Footfall"}: ${total}`;
      await saveImage(figure, { name, title, lines });
      setState("idle");
    } catch {
      setState("failed");
    }
  }
  return (
    <>
      <IconButton
        icon={ImageIcon}
        label="Save the chart as an image"
        title="Save as image (PNG)"
        aria-busy={state === "busy"}
        onClick={({ currentTarget }) => void save(currentTarget)}
        className="max-sm:hidden print:hidden"
      />
      <span role="status" className="text-danger text-xs empty:hidden">
        {state === "failed" && "The image couldn’t be made. Try again."}
      </span>
    </>
  );
}
