import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";

export const CLIENT = { id: "footfall", secret: "secret-of-the-client-of-the-tests" };

/**
 * What the provider says of somebody, by the name with which they sign in there; of others their name only. With `isAway` it
 * says nothing when asked.
 */
export type Known = Record<string, Record<string, unknown>>;

/**
 * A real OpenID Connect provider on a port of its own. Anybody can sign in there with a name and any password; their
 * address is NAME@example.com and verified.
 *
 * @param known can be changed later
 */
export async function startProvider(redirectUri: string, known: Known): Promise<{ issuer: string; stop: () => void }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: [redirectUri] }],
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["groups"] },
    cookies: { keys: ["a key of the tests"] },
    pkce: { required: () => true },
    findAccount: (_, sub) => ({
      accountId: sub,
      claims: async (use) => {
        const { isAway, ...said } = known[sub] ?? {};
        if (isAway && use === "userinfo") throw new Error("away, as the test wants it");
        return { sub, email: `${sub}@example.com`, email_verified: true, ...said };
      },
    }),
  });
  server.on("request", provider.callback());
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { issuer, stop };
}
