/** Opens the sheet in which a control stands on a phone, for a key that uses the control. */
export function reveal(control: HTMLElement): void {
  if (!control.checkVisibility()) control.closest<HTMLElement>("[popover]")?.showPopover();
}
