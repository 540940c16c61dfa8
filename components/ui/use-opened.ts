import { type RefObject, useEffect, useState } from "react";

/** Whether the popover that an element stands in has ever been open: what is not looked at need not be loaded. */
export function useOpened(element: RefObject<HTMLElement | null>): boolean {
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    const panel = element.current?.closest("[popover]");
    const open = () => setOpened(true);
    // It may have been opened before this script had loaded.
    if (panel?.matches(":popover-open")) open();
    panel?.addEventListener("beforetoggle", open);
    return () => panel?.removeEventListener("beforetoggle", open);
  }, [element]);
  return opened;
}
