"use client";

import { Share2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { QuietButton } from "@/components/ui/button";
import { usePowers } from "@/components/views/powers";
import type { SharedView } from "./share-dialog";

const load = () => import("./share-dialog");
const ShareDialog = dynamic(() => load().then((file) => file.ShareDialog), { ssr: false });

/** Makes a share link of the view, for people who may. */
export function ShareButton({ view }: { view: SharedView }) {
  const [isOpen, setOpen] = useState(false);
  if (!usePowers().includes("write")) return null;
  return (
    <>
      <QuietButton
        aria-haspopup="dialog"
        onPointerEnter={load}
        onFocus={load}
        onClick={() => setOpen(true)}
        className="ml-auto print:hidden"
      >
        <Share2 aria-hidden className="size-4 text-muted" />
        Share
      </QuietButton>
      {isOpen && <ShareDialog view={view} onClose={() => setOpen(false)} />}
    </>
  );
}
