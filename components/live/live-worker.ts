import { createHub, type LiveEvent, type Watch } from "./live-hub";

/** A tab's message to the worker; null when it is hidden or closed. */
export type FromTab = { id: string; watch: Watch | null };

const hub = createHub();

function onConnect({ ports: [port] }: MessageEvent): void {
  if (!port) return;
  port.onmessage = ({ data: { id, watch } }: MessageEvent<FromTab>) => {
    if (watch) hub.watch(id, watch, (event: LiveEvent) => port.postMessage(event));
    else hub.leave(id);
  };
}

self.addEventListener("connect", (event) => onConnect(event as MessageEvent));
