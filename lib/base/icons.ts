/** Icon name in the collection: names of the browsers and systems it stands for. */
const PROGRAMS = `
chrome: chrome, mobile chrome, chrome webview, chrome headless, chromium, chromium os, chrome os
firefox: firefox, mobile firefox, firefox focus
safari: safari, mobile safari
microsoft-edge: edge, mobile edge
opera: opera, opera mobi, opera mini, opera touch
brave: brave
vivaldi-icon: vivaldi
internetexplorer: ie
duckduckgo: duckduckgo
tor-browser: tor browser
facebook: facebook
instagram-icon: instagram
tiktok-icon: tiktok
whatsapp-icon: whatsapp
pinterest: pinterest
android-icon: android browser, android
apple: ios, ipados, macos, mac os
microsoft-windows-icon: windows, windows phone
linux-tux: linux
ubuntu: ubuntu
debian: debian
fedora: fedora
freebsd: freebsd`;

/** Icon name: domains whose pages, at any subdomain, it stands for. */
const SITES = `
google-gmail: mail.google.com, gmail.com
google-drive: drive.google.com, docs.google.com
google-maps: maps.google.com
google-calendar: calendar.google.com
google-meet: meet.google.com
google-photos: photos.google.com
google-play-icon: play.google.com
bing: bing.com
duckduckgo: duckduckgo.com
brave: brave.com
facebook: facebook.com, fb.com, fb.me
messenger: messenger.com, m.me
instagram-icon: instagram.com
threads-icon: threads.net, threads.com
whatsapp-icon: whatsapp.com, wa.me
x: x.com, t.co, twitter.com
linkedin-icon: linkedin.com, lnkd.in
youtube-icon: youtube.com, youtu.be
tiktok-icon: tiktok.com
reddit-icon: reddit.com, redd.it
pinterest: pinterest.com, pin.it
telegram: telegram.org, t.me
discord-icon: discord.com, discord.gg
slack-icon: slack.com
bluesky: bsky.app
mastodon-icon: mastodon.social, mastodon.online, joinmastodon.org
signal: signal.org
skype: skype.com
zoom-icon: zoom.us
twitch: twitch.tv
vimeo-icon: vimeo.com
spotify-icon: spotify.com
netflix-icon: netflix.com
steam: steampowered.com, steamcommunity.com
patreon: patreon.com
kickstarter-icon: kickstarter.com
github-icon: github.com, github.io
gitlab-icon: gitlab.com
bitbucket: bitbucket.org
stackoverflow-icon: stackoverflow.com
ycombinator: ycombinator.com
producthunt: producthunt.com
dribbble-icon: dribbble.com
deviantart-icon: deviantart.com
codepen-icon: codepen.io
hashnode-icon: hashnode.com, hashnode.dev
npm-icon: npmjs.com
dev-icon: dev.to
figma: figma.com
notion-icon: notion.so, notion.site
loom-icon: loom.com
miro-icon: miro.com
microsoft-teams: teams.microsoft.com, teams.live.com
microsoft-onedrive: onedrive.live.com, sharepoint.com
microsoft-icon: microsoft.com, live.com, office.com, outlook.com
apple-app-store: apps.apple.com
apple: apple.com, icloud.com
dropbox: dropbox.com
trello: trello.com
asana-icon: asana.com
jira: atlassian.net
atlassian: atlassian.com
linear-icon: linear.app
monday-icon: monday.com
airtable: airtable.com
typeform-icon: typeform.com
sendgrid-icon: sendgrid.com, sendgrid.net
mailgun-icon: mailgun.com, mailgun.org
campaignmonitor-icon: campaignmonitor.com, createsend.com
buffer: buffer.com, buff.ly
hootsuite-icon: hootsuite.com, ow.ly
intercom-icon: intercom.com
zendesk-icon: zendesk.com
salesforce: salesforce.com
shopify: shopify.com, myshopify.com
paypal: paypal.com
squarespace: squarespace.com
wordpress-icon: wordpress.com, wordpress.org
airbnb-icon: airbnb.com
eventbrite-icon: eventbrite.com
openai-icon: chatgpt.com, openai.com
claude-icon: claude.ai
anthropic-icon: anthropic.com
perplexity-icon: perplexity.ai
google-icon: google.com`;

/** Lines of "icon: name, name" by name. */
const byName = (lines: string): ReadonlyMap<string, string> =>
  new Map(
    lines
      .trim()
      .split("\n")
      .flatMap((line) => {
        const [icon = "", names = ""] = line.split(": ");
        return names.split(", ").map((name) => [name, icon] as const);
      }),
  );

const PROGRAM_ICONS = byName(PROGRAMS);
const SITE_ICONS = byName(SITES);

export const ICON_NAMES: ReadonlySet<string> = new Set([...PROGRAM_ICONS.values(), ...SITE_ICONS.values()]);

const fileOf = (icon: string | undefined): string | null => (icon ? `/icons/${icon}.svg` : null);

/** URL of a browser's or system's icon, or null when there is none. */
export const programIcon = (name: string): string | null => fileOf(PROGRAM_ICONS.get(name.toLowerCase()));

/** Google has a domain for each country. */
const COUNTRY_DOMAIN = /(^|\.)google\.(com?\.)?[a-z]{2}$/;

/** URL of the icon of a site by its host, such as "www.google.de", or null when there is none. */
export function siteIcon(host: string): string | null {
  const labels = host.toLowerCase().replace(COUNTRY_DOMAIN, "$1google.com").split(".");
  const domains = labels.map((_, index) => labels.slice(index).join("."));
  return fileOf(domains.map((domain) => SITE_ICONS.get(domain)).find(Boolean));
}
