import { createServer } from "node:net";
import { Failure } from "./failure";

/**
 * Sees whether the server will be able to listen, before anything slow is done.
 *
 * @throws Failure when it will not
 */
export function assertPortFree(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === "EADDRINUSE"
          ? `Port ${port} is in use. Stop the other program or set PORT to another number.`
          : `Port ${port} cannot be used (${error.code}). Set PORT to another number.`;
      reject(new Failure(reason, { cause: error }));
    });
    server.listen(port, () => server.close(() => resolve()));
  });
}
