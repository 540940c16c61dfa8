/** When there was no response. */
export const SERVER_AWAY = "The server isn’t responding. Check your connection and try again.";
