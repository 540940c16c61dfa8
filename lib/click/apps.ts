/** An app by id: its name, and its other ids, in the other store or in a bundle. */
const APPS: readonly [id: string, name: string, ...others: string[]][] = [
  ["com.android.chrome", "Chrome app", "535886823", "com.google.chrome.ios"],
  ["com.discord", "Discord app", "985746746", "com.hammerandchisel.discord"],
  ["com.facebook.katana", "Facebook app", "284882215", "com.facebook.facebook"],
  ["com.facebook.lite", "Facebook Lite app"],
  ["com.facebook.orca", "Messenger app", "454638411", "com.facebook.messenger"],
  ["com.google.android.apps.magazines", "Google News app", "459182288"],
  ["com.google.android.apps.messaging", "Google Messages app"],
  ["com.google.android.gm", "Gmail app", "422689480", "com.google.gmail"],
  ["com.google.android.googlequicksearchbox", "Google app", "284815942", "com.google.googlemobile"],
  ["com.google.android.youtube", "YouTube app", "544007664", "com.google.ios.youtube"],
  ["com.instagram.android", "Instagram app", "389801252", "com.burbn.instagram"],
  ["com.instagram.barcelona", "Threads app", "6446901002", "com.burbn.barcelona"],
  ["com.linkedin.android", "LinkedIn app", "288429040", "com.linkedin.linkedin"],
  ["com.microsoft.office.outlook", "Outlook app", "951937596"],
  ["com.microsoft.teams", "Microsoft Teams app", "1113153706", "com.microsoft.skype.teams"],
  ["com.pinterest", "Pinterest app", "429047995"],
  ["com.reddit.frontpage", "Reddit app", "1064216828", "com.reddit.reddit"],
  ["com.slack", "Slack app", "618783545", "com.tinyspeck.chatlyio"],
  ["com.snapchat.android", "Snapchat app", "447188370", "com.toyopagroup.picaboo"],
  ["com.tencent.mm", "WeChat app", "414478124", "com.tencent.xin"],
  ["com.twitter.android", "X app", "333903271", "com.atebits.tweetie2"],
  ["com.viber.voip", "Viber app", "382617920", "com.viber"],
  ["com.whatsapp", "WhatsApp app", "310633997", "net.whatsapp.whatsapp"],
  ["com.whatsapp.w4b", "WhatsApp Business app", "1386412985"],
  ["com.yahoo.mobile.client.android.mail", "Yahoo Mail app", "577586159"],
  ["com.zhiliaoapp.musically", "TikTok app", "835599320", "com.ss.android.ugc.trill"],
  ["jp.naver.line.android", "LINE app", "443904275", "jp.naver.line"],
  ["org.telegram.messenger", "Telegram app", "686449807", "ph.telegra.telegraph"],
  ["org.thoughtcrime.securesms", "Signal app", "874139669", "org.whispersystems.signal"],
  ["xyz.blueskyweb.app", "Bluesky app", "6444370199"],
];

const IDS = new Map(APPS.flatMap(([id, , ...others]) => [id, ...others].map((other) => [other, id] as const)));
const NAMES = new Map<string, string>(APPS.map(([id, name]) => [id, name]));

/** The canonical id of an app: an app in two stores is one. */
export function spellApp(id: string): string {
  const lower = id.toLowerCase();
  return IDS.get(lower) ?? lower;
}

/** Name of an app, or null when its id isn't in the list. */
export const appName = (id: string): string | null => NAMES.get(id) ?? null;

/** Ids of apps whose name contains this. */
export const appsNamed = (has: (name: string) => boolean): string[] =>
  APPS.filter(([, name]) => has(name)).map(([id]) => id);
