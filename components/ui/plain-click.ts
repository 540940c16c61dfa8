type Pressed = Pick<MouseEvent, "button" | "altKey" | "ctrlKey" | "metaKey" | "shiftKey">;

/** Whether a click only follows a link: with a key or another button the browser opens a tab or window, or downloads. */
export const isPlainClick = ({ button, altKey, ctrlKey, metaKey, shiftKey }: Pressed): boolean =>
  button === 0 && !(altKey || ctrlKey || metaKey || shiftKey);
