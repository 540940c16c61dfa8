"use client";

import { Info } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { IconButton } from "@/components/ui/icon-button";

const load = () => import("./why-panel");
const WhyPanel = dynamic(() => load().then((file) => file.WhyPanel), { ssr: false });

/** Where the panels beside a figure are: in the `PanelRoom` around it. */
const roomBeside = (figure: Element) => figure.closest(".panel-room")?.querySelector(":scope > [data-panels]") ?? null;

/** Explains a figure; `query` is that of `/api/analytics` which gives the same numbers. */
export function WhyButton({ of, query }: { of: string; query: string }) {
  const title = `Why these numbers: ${of}`;
  const [room, setRoom] = useState<Element | null>(null);
  return (
    <>
      <IconButton
        icon={Info}
        label={title}
        title="Why these numbers?"
        aria-haspopup="dialog"
        onPointerEnter={load}
        onFocus={load}
        onClick={({ currentTarget }) => setRoom(roomBeside(currentTarget))}
        className="print:hidden"
      />
      {room && <WhyPanel room={room} title={title} query={query} onClose={() => setRoom(null)} />}
    </>
  );
}
