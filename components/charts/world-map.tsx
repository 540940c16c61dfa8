"use client";

import type { StaticImageData } from "next/image";
import { LinkField, Place } from "@/components/ui/link-field";
import type { Frame } from "./world";
import drawing from "./world.svg";

/**
 * A country with clicks, now or in the comparison. `name` says everything: what it is called, and its clicks. `href`
 * stands between the ends that all have, and is missing where a country leads nowhere; `at` is where a circle stands for
 * a small one.
 */
type MapCountry = { code: string; name: string; shade: number; href?: string; at?: [x: number, y: number] };

/** A file of its own, so that pages needn't contain the outlines. Cached for good: its URL changes with the file. */
const { src }: StaticImageData = drawing;

/** By shade. The first is for a country without clicks that had some in the comparison. */
const FILLS = [
  "fill-[url(#lost-clicks)]",
  ...["fill-shade-1", "fill-shade-2", "fill-shade-3", "fill-shade-4", "fill-shade-5"],
];

type Props = { label: string; countries: readonly MapCountry[]; ends: { start: string; end: string }; frame: Frame };

/** The world map. Each country with clicks is a link, small ones are circles. `frame`: the part that is shown. */
export function WorldMap({ label, countries, ends, frame: { x, y, width, height } }: Props) {
  // What is drawn later lies on top.
  const ordered = [...countries.filter(({ at }) => !at), ...countries.filter(({ at }) => at)];
  return (
    <LinkField>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is not drawn */}
      <svg viewBox={`${x} ${y} ${width} ${height}`} role="group" aria-label={label} className="block w-full">
        <defs>
          <pattern id="lost-clicks" width="16" height="16" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="16" height="16" className="fill-shade-none" />
            <rect width="5" height="16" className="fill-strong-line" />
          </pattern>
        </defs>
        <use href={`${src}#world`} className="fill-shade-none stroke-2 stroke-surface" />
        {ordered.map(({ code, name, shade, href, at }) => (
          <Place
            key={code}
            {...(href !== undefined && { href: ends.start + href + ends.end })}
            aria-label={name}
            className={`country ${FILLS[shade] ?? ""}`}
          >
            {at ? <circle cx={at[0]} cy={at[1]} /> : <use href={`${src}#${code}`} />}
          </Place>
        ))}
      </svg>
    </LinkField>
  );
}
