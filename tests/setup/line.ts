import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** What stands between a server and its database, and can fail. */
export type Line = {
  /** The database's address by way of it. */
  url: string;
  /** Ends every connection at once, in the middle of whatever is said. */
  cut(): void;
  /** Takes no connection, or takes them again. */
  refuse(refusing: boolean): void;
  /** Passes nothing on any more, or goes on. */
  stick(sticking: boolean): void;
  close(): void;
};

/** Begins to pass on what is said to the database at `databaseUrl`. */
export async function openLine(databaseUrl: string): Promise<Line> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let isRefusing = false;
  let isStuck = false;
  const server = createServer((client) => {
    if (isRefusing) {
      client.destroy();
      return;
    }
    const upstream = connect(Number(target.port), target.hostname);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.pipe(to);
      if (isStuck) from.pause();
      from.on("error", () => to.destroy());
      from.on("close", () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = new URL(target);
  url.port = String((server.address() as AddressInfo).port);
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: url.href,
    cut,
    refuse(refusing) {
      isRefusing = refusing;
      if (refusing) cut();
    },
    stick(sticking) {
      isStuck = sticking;
      for (const socket of sockets) sticking ? socket.pause() : socket.resume();
    },
    close() {
      server.close();
      cut();
    },
  };
}
