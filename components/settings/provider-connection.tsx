import { Badge } from "@/components/ui/badge";
import { Problem } from "@/components/ui/field";
import { CONNECTION_ID } from "@/lib/account/provider/sign-in";
import { ConfirmAction } from "./confirm-action";

/** `problem`: why connecting it didn't work. */
type Props = { name: string; url: string; isConnected: boolean; problem: string | null };

/** Whether the sign-in provider opens the reader's account, and how it comes to. */
export function ProviderConnection({ name, url, isConnected, problem }: Props) {
  return (
    <section
      id={CONNECTION_ID}
      aria-label="Sign-in provider"
      className="grid scroll-mt-20 gap-3 border-line border-t p-4"
    >
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="wrap-anywhere font-medium">Sign-in with {name}</h3>
        <Badge tone={isConnected ? "good" : "plain"}>{isConnected ? "Connected" : "Not connected"}</Badge>
      </div>
      <p className="text-muted">
        {isConnected
          ? "You can sign in there instead of with your password."
          : "Connect it to sign in there instead of with your password. It must know you by the email address of this account."}
      </p>
      <Problem>{problem}</Problem>
      {isConnected ? (
        <div className="flex flex-wrap">
          <ConfirmAction
            button="Disconnect"
            label={`Disconnect ${name}`}
            question={<>Disconnect {name}? You sign in with your password then.</>}
            busy="Disconnecting…"
            method="DELETE"
            address="/api/account/provider"
          />
        </div>
      ) : (
        // Not a router's link: it leads to another site.
        <a href={`${url}?${new URLSearchParams({ next: `/settings#${CONNECTION_ID}` })}`} className="tool w-fit">
          Connect
        </a>
      )}
    </section>
  );
}
