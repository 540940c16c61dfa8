import { createServer } from "node:http";
import { acceptDelivery, drainSpool } from "@/lib/deliveries/accept";
import { requireSigner } from "@/lib/deliveries/secrets/live";
import { SENDER } from "@/lib/senders/senders";

// The same functions on a bare HTTP server: the cost of a delivery without Next.
const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on("data", (part: Buffer) => parts.push(part));
  request.on("end", async () => {
    const body = Buffer.concat(parts);
    const { id } = await requireSigner(body, String(request.headers[SENDER.signatureHeader.toLowerCase()]));
    const { outcome } = await acceptDelivery(body, id);
    response.writeHead(202, { "Content-Type": "application/json" }).end(JSON.stringify({ outcome }));
  });
});

drainSpool();
server.listen(Number(process.env.PORT), "127.0.0.1");
process.once("disconnect", () => process.exit());
