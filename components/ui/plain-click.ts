import type { MouseEvent } from "react";

/** Whether a click only follows a link: with a key or another button the browser opens a tab or window, or downloads. */
export const isPlainClick = ({ button, altKey, ctrlKey, metaKey, shiftKey }: MouseEvent): boolean =>
  button === 0 && !(altKey || ctrlKey || metaKey || shiftKey);
