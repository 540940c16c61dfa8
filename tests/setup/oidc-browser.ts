/** Cookies of one site, by name. */
type Jar = Map<string, string>;

function keep(jar: Jar, answer: Response): void {
  for (const cookie of answer.headers.getSetCookie()) {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    if (value === "") jar.delete(name);
    else jar.set(name, value);
  }
}

/**
 * Signs somebody in at the provider of `startProvider` and agrees to what is asked, as a browser would.
 *
 * @param start URL to which the sign-in leads
 * @param stopAt beginning of the URL to which the provider leads back
 * @returns the whole of that URL
 */
export async function passProvider(start: string, stopAt: string, name: string): Promise<string> {
  const jar: Jar = new Map();
  let url = start;
  let form: URLSearchParams | null = null;
  for (let step = 0; step < 20; step++) {
    const cookie = [...jar].map((pair) => pair.join("=")).join("; ");
    const answer: Response = await fetch(url, {
      redirect: "manual",
      headers: { cookie },
      ...(form && { method: "POST", body: form }),
    });
    keep(jar, answer);
    form = null;
    const location = answer.headers.get("location");
    if (location !== null) {
      url = new URL(location, url).href;
      if (url.startsWith(stopAt)) return url;
      continue;
    }
    const page = await answer.text();
    const action = /<form[^>]+action="([^"]+)"/.exec(page)?.[1];
    if (action === undefined) throw new Error(`the provider answered ${answer.status}: ${page.slice(0, 500)}`);
    url = new URL(action, url).href;
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1] ?? "";
    form = new URLSearchParams(prompt === "login" ? { prompt, login: name, password: "any" } : { prompt });
  }
  throw new Error("the provider didn't lead back");
}
