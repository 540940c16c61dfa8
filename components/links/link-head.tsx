import { ArrowUpRight } from "lucide-react";
import { LinkBadges, Tag } from "@/components/ui/badge";
import { CopyButton } from "@/components/ui/copy-button";
import { date } from "@/lib/base/format";
import { cutText } from "@/lib/base/long-value";
import { safeHref } from "@/lib/base/urls";
import { linkName, withoutScheme } from "@/lib/click/link-name";
import type { LinkSummary } from "@/lib/click/links";

/** A link's metadata: short link, title, destination, tags, state. */
export function LinkHead({ link, zone }: { link: LinkSummary; zone: string }) {
  const short = linkName(link.id, link);
  const destination = safeHref(link.url);
  return (
    <div className="min-w-0">
      <div className="flex min-w-0 items-center gap-2">
        <h1 className="truncate font-semibold text-2xl tracking-tight">{short}</h1>
        {link.shortLink && <CopyButton text={link.shortLink} label="Copy short link" />}
        <LinkBadges link={link} />
      </div>
      {link.title && <p className="truncate">{cutText(link.title)}</p>}
      <div className="mt-1 flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1.5 text-muted">
        {link.url &&
          (destination ? (
            <a
              href={destination}
              rel="noreferrer"
              target="_blank"
              className="flex min-w-0 items-center gap-1 hover:text-ink"
            >
              <span className="truncate">{cutText(withoutScheme(link.url))}</span>
              <ArrowUpRight aria-hidden className="size-3.5 shrink-0" />
            </a>
          ) : (
            <span className="truncate">{cutText(link.url)}</span>
          ))}
        {link.createdAt && <span className="whitespace-nowrap">{`Created ${date(link.createdAt, zone)}`}</span>}
        {link.deletedAt && <span className="whitespace-nowrap">{`Deleted ${date(link.deletedAt, zone)}`}</span>}
        {link.tags.map((tag) => (
          <Tag key={tag.id} {...tag} />
        ))}
      </div>
    </div>
  );
}
