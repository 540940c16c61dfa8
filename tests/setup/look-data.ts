import { run } from "@/scripts/run";
import { Failure } from "@/scripts/steps";
import { linkPayload } from "../factory";
import { deliver, SECRET, sql } from "./e2e";

// What the pictures of pages show.

export async function sendLinks(links: { id: string; title: string; key: string }[]): Promise<void> {
  const queue = links.values();
  const work = async () => {
    for (const link of queue) {
      const { status } = await deliver(linkPayload("link.created", { ...link, id: link.id }));
      if (status !== 202) throw new Failure(`The server answered ${status} to a delivery.`);
    }
  };
  await Promise.all(Array.from({ length: 16 }, work));
}

export async function sendDemo(url: string, clicks: string): Promise<void> {
  const args = ["--conditions=react-server", "--import", "tsx", "scripts/demo.ts", "--no-live"];
  const options = ["--url", url, "--secret", SECRET, "--clicks", clicks];
  const { code, output } = await run(process.execPath, [...args, ...options]);
  if (code !== 0) throw new Failure(output.trim());
}

/** What the demo has not: a folder of many links, and links that led elsewhere. */
export async function shareFolder(): Promise<void> {
  await sql("update link set folder_id = 'fold_look'");
  await sql("insert into folder (id, name) values ('fold_look', 'Autumn 2026')");
  await sql(`insert into destination (link_id, since, url)
    select id, first + age * interval '4 days', 'https://shop.example.com/' || key || '?version=' || age
    from link join (select link_id, min(clicked_at) as first from click group by link_id) as life on link_id = id,
      generate_series(1, 5) as age
    where id in ('link_demo_autumn', 'link_demo_store')`);
}

export async function makeKeys(): Promise<void> {
  await sql(`insert into api_key (id, name, hash, hint, scopes, links, per_minute, expires_at, last_used_at, revoked_at)
    select name, name, sha256(name::bytea), 'x7Qa', scopes::jsonb, links::jsonb, 600, now() + expires, now() - used, revoked
    from (values
      ('Weekly report', '["read", "export"]', null, null::interval, interval '3 hours', null::timestamptz),
      ('Client dashboard of the Hamburg store', '["read"]',
        '{"linkId": ["link_demo_store"], "domain": [], "tagId": [], "folderId": ["fold_look"]}', '90 days', null, null),
      ('Old spreadsheet', '["export"]', null, null, '40 days', now())) as keys (name, scopes, links, expires, used, revoked)`);
  await sql(`insert into audit (action, "by", by_name, target, detail, address, agent) values
    ('key.create', 'person', 'owner@example.com', 'Client dashboard of the Hamburg store',
      '{"scopes": ["read"], "links": {"folderId": ["fold_look"]}}', '203.0.113.7', 'Mozilla/5.0'),
    ('session.refuse', 'nobody', 'somebody@example.org', null, '{}', '2001:db8:85a3:8d3:1319:8a2e:370:7348', 'curl/8'),
    ('export.download', 'key', 'Weekly report', 'countries.csv?interval=7d&timezone=Europe%2FBerlin&bots=exclude', '{}',
      '203.0.113.9', 'python-requests/2.32')`);
}

export async function invitePeople(): Promise<void> {
  await sql(`insert into "user" (id, name, email, role, may_export, links) values
    ('look-anna', 'anna', 'anna.schmidt@agency.example', 'admin', true, null),
    ('look-client', 'client', 'client@hamburg-store.example', 'viewer', false,
      '{"linkId": ["link_demo_store"], "domain": [], "tagId": [], "folderId": ["fold_look"]}')`);
  await sql(`insert into invitation (id, hash, email, role, may_export, created_by, expires_at)
    select 'look', sha256('look'), 'ben@agency.example', 'member', true, id, now() + interval '6 days'
    from "user" where email = 'owner@example.com'`);
}

export async function writeNotes(): Promise<void> {
  await sql(`insert into note (id, at, whole_day, text, link_id)
    select text, date_trunc('day', now(), 'UTC') - days * interval '1 day', true, text, link from (values
      (3, 'Newsletter 12 sent', null),
      (11, 'Autumn campaign starts', null),
      (11, 'Printed menus went out to every store in the north, and the posters in the stations came down', null),
      (20, 'New destination', 'link_demo_autumn')) as notes (days, text, link)`);
}

export async function makeShares(): Promise<void> {
  const parts = JSON.stringify([
    "chart",
    "links",
    "sources",
    "places",
    "devices",
    "browsers",
    "campaigns",
    "map",
    "week",
  ]);
  await sql(`insert into share (id, token, name, link_id, query, parts, may_filter, least, password_hash, embed_on, has_picture,
      frozen_at, created_by, created_at, expires_at, revoked_at, views, last_viewed_at)
    select token, token, name, link, query, '${parts}', least = 0, least, password, embed::jsonb, false, frozen,
      (select id from "user" where role = 'owner' limit 1), now() - interval '9 days', now() + expires, revoked, views,
      case when views > 0 then now() - interval '2 hours' end
    from (values
      ('look-open', 'Autumn campaign, monthly report for the client', null, 'interval=30d&compare=previous&country=US,DE&timezone=Europe%2FBerlin',
        0, null, '["https://www.agency.example"]', null::timestamptz, interval '30 days', null::timestamptz, 128),
      ('look-small', 'Hamburg store', 'link_demo_store', 'interval=90d&timezone=Europe%2FBerlin', 5, null, '[]', now(), null, null, 3),
      ('look-password', 'Board', null, 'timezone=UTC', 0, 'x:y', '[]', null, null, null, 0),
      ('look-revoked', 'First draft', null, 'timezone=UTC', 0, null, '[]', null, null, now(), 2))
    as shares (token, name, link, query, least, password, embed, frozen, expires, revoked, views)`);
}
