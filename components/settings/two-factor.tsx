"use client";

import { type SubmitEvent, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { QuietButton } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { aboutField, Field, Problem } from "@/components/ui/field";
import { FormButtons } from "@/components/ui/form-buttons";
import { useChange } from "@/components/ui/use-json";
import type { Enrolment } from "@/lib/account/two-factor";

type FormProps = {
  button: string;
  onSend: (value: string) => Promise<unknown>;
  problem: string | null;
  pending: boolean;
  onCancel: () => void;
};

/** Asks for one value: the password, or a code. */
function Ask({ of, button, onSend, problem, pending, onCancel }: FormProps & { of: "password" | "code" }) {
  const send = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    void onSend(String(new FormData(event.currentTarget).get(of)));
  };
  const about = aboutField(problem, of === "password" ? "currentPassword" : "code");
  return (
    <form onSubmit={send} noValidate className="grid gap-4">
      {of === "password" ? (
        <Field
          label="Your password"
          name="password"
          type="password"
          autoComplete="current-password"
          autoFocus
          error={about}
        />
      ) : (
        <Field
          label="Code from your app"
          name="code"
          autoComplete="one-time-code"
          inputMode="numeric"
          maxLength={10}
          hint="Six digits, which change twice a minute."
          error={about}
        />
      )}
      <Problem>{about ? null : problem}</Problem>
      <FormButtons submit={button} pending={pending} onCancel={onCancel} />
    </form>
  );
}

function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  return (
    <div className="grid gap-2 rounded-lg bg-accent-soft p-4">
      <div className="flex items-center justify-between gap-2">
        <p className="font-medium">Recovery codes: keep them where you keep passwords. They won’t be shown again.</p>
        <CopyButton text={codes.join("\n")} label="Copy recovery codes" />
      </div>
      <ul aria-label="Recovery codes" className="grid grid-cols-2 gap-x-6 gap-y-1 font-mono text-[13px] sm:w-fit">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <p className="text-muted">Each signs you in once, without your app.</p>
    </div>
  );
}

function Enrol({ made, onDone, onCancel }: { made: Enrolment; onDone: () => void; onCancel: () => void }) {
  const { change, pending, problem } = useChange();
  const { path, size, secret, recoveryCodes } = made;
  const confirm = async (code: string) => {
    if ((await change("PATCH", "/api/two-factor", { code })) !== undefined) onDone();
  };
  return (
    <div className="grid gap-4">
      <p>Scan this with an authenticator app, or type the key into it. Then enter the code that it shows.</p>
      <svg role="img" aria-label="QR code" viewBox={`0 0 ${size} ${size}`} className="size-48 rounded-lg bg-white">
        <path d={path} fill="#000" shapeRendering="crispEdges" />
      </svg>
      <div className="flex items-center gap-1">
        <code className="min-w-0 wrap-anywhere rounded-md bg-raised px-2 py-1.5 font-mono text-[13px]">{secret}</code>
        <CopyButton text={secret} label="Copy key" />
      </div>
      <RecoveryCodes codes={recoveryCodes} />
      <Ask of="code" button="Turn on" {...{ onSend: confirm, problem, pending, onCancel }} />
    </div>
  );
}

/** Two-factor sign-in of the reader: turns it on and off, and makes recovery codes. */
export function TwoFactor({ isOn }: { isOn: boolean }) {
  const { change, pending, problem } = useChange();
  const [asking, setAsking] = useState<"on" | "off" | "codes" | null>(null);
  const [made, setMade] = useState<Enrolment | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const close = () => {
    setAsking(null);
    setMade(null);
  };
  const begin = async (currentPassword: string) => {
    const enrolment = await change<Enrolment>("POST", "/api/two-factor", { currentPassword });
    if (enrolment) setMade(enrolment);
  };
  const end = async (currentPassword: string) => {
    if ((await change("DELETE", "/api/two-factor", { currentPassword })) !== undefined) close();
  };
  const renew = async (currentPassword: string) => {
    const answer = await change<{ recoveryCodes: string[] }>("POST", "/api/two-factor/codes", { currentPassword });
    if (!answer) return;
    setCodes(answer.recoveryCodes);
    close();
  };
  const ask = { problem, pending, onCancel: close };
  return (
    <section aria-label="Two-factor sign-in" className="grid gap-3 border-line border-t p-4">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="font-medium">Two-factor sign-in</h3>
        <Badge tone={isOn ? "good" : "plain"}>{isOn ? "On" : "Off"}</Badge>
      </div>
      {made ? (
        <Enrol made={made} onDone={close} onCancel={close} />
      ) : asking ? (
        <Ask
          key={asking}
          of="password"
          button={{ on: "Go on", off: "Turn off", codes: "Make new codes" }[asking]}
          onSend={{ on: begin, off: end, codes: renew }[asking]}
          {...ask}
        />
      ) : (
        <>
          <p className="text-muted">
            {isOn
              ? "Signing in asks for a code of your app besides your password."
              : "Signing in can ask for a code of an app on your phone besides your password."}
          </p>
          {codes && <RecoveryCodes codes={codes} />}
          <div className="flex flex-wrap gap-2">
            {isOn ? (
              <>
                <QuietButton onClick={() => setAsking("codes")}>New recovery codes</QuietButton>
                <QuietButton className="text-danger" onClick={() => setAsking("off")}>
                  Turn off
                </QuietButton>
              </>
            ) : (
              <QuietButton onClick={() => setAsking("on")}>Turn on</QuietButton>
            )}
          </div>
        </>
      )}
    </section>
  );
}
