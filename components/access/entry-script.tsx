import { headers } from "next/headers";
import { CONTENT_POLICY, nonceOf } from "@/lib/account/content-policy";
import { WITHOUT_FRAMEWORK } from "@/lib/base/http/plain-pages";

/**
 * Runs in the browser, as it stands here. After an error the typed values stay, and the server learns the time zone.
 * Without it the browser sends the form by itself.
 */
function enhance(away: string): void {
  type Answer = { location?: string; error?: { message: string }; errors?: Record<string, string> };

  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a[data-zone]"))
    link.href += `&zone=${encodeURIComponent(zone)}`;

  const form = document.querySelector("form");
  const button = form?.querySelector("button");
  const alert = form?.querySelector("[role=alert]");
  if (!form || !button || !alert) return;
  const [words, busy] = [button.textContent, button.dataset.busy ?? ""];
  const inputs = [...form.querySelectorAll<HTMLInputElement>("input[aria-describedby]")].map((input) => {
    const note = document.getElementById(input.getAttribute("aria-describedby") ?? "");
    return { input, note, hint: note?.textContent ?? "" };
  });

  function show({ errors = {}, error }: Answer): void {
    for (const { input, note, hint } of inputs) {
      const problem = errors[input.name];
      input.removeAttribute("aria-invalid");
      if (problem) input.setAttribute("aria-invalid", "true");
      if (note) note.textContent = problem ?? hint;
      // A token from the URL is out of sight until it is rejected.
      if (problem) input.closest("[hidden]")?.removeAttribute("hidden");
    }
    if (alert) alert.textContent = Object.keys(errors).length > 0 ? "" : (error?.message ?? "");
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = new FormData(form);
    body.set("zone", zone);
    // A token in the URL would be seen on a screenshot and in the history.
    if (body.has("token")) window.history.replaceState(null, "", window.location.pathname);
    button.disabled = true;
    button.textContent = busy;
    const answer: Answer = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body })
      .then((response) => response.json())
      .catch(() => ({ error: { message: away } }));
    if (answer.location !== undefined) {
      window.location.assign(answer.location);
      return;
    }
    show(answer);
    button.disabled = false;
    button.textContent = words;
  });
}

/** The script of a page that is a form alone. It replaces the framework's, see lib/base/http/plain-pages.ts. */
export async function EntryScript({ away }: { away: string }) {
  const nonce = nonceOf((await headers()).get(CONTENT_POLICY) ?? "");
  const script = `(${enhance})(${JSON.stringify(away)})`;
  return (
    <script
      {...{ [WITHOUT_FRAMEWORK]: "" }}
      nonce={nonce}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: our own function, and a text of ours
      dangerouslySetInnerHTML={{ __html: script }}
    />
  );
}
