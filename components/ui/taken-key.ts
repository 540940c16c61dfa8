/** Where keys are text. */
const TYPING = "input, textarea, select, [contenteditable]:not([contenteditable=false])";
/** What is drawn above the page; a closed panel is a dialog, too. */
const OPEN = ":popover-open, dialog[open], [aria-modal=true], [role=menu], [role=listbox]";

/** Whether a key is meant for something else than the page: somebody types, or stands in a panel. */
export function isTaken({ target, defaultPrevented, isComposing, repeat }: KeyboardEvent): boolean {
  if (defaultPrevented || isComposing || repeat || document.querySelector(OPEN)) return true;
  return target instanceof Element && target.closest(TYPING) !== null;
}
