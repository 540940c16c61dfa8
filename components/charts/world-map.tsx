import type { StaticImageData } from "next/image";
import { LinkField } from "@/components/ui/link-field";
import world from "./world.json";
import drawing from "./world.svg";

type Frame = { x: number; y: number; width: number; height: number };

/** How much is shown around a country: enough to recognise the part of the world. */
const AROUND = 2.2;
/** The outlines are too coarse for less than a quarter of the world. */
const NEAREST = 4;
const RATIO = 4 / 3;

/** The frame around a place, within the whole. */
export function frameAround(place: Frame, whole: Frame): Frame {
  const wanted = Math.max(place.width * AROUND, place.height * AROUND * RATIO, whole.width / NEAREST);
  const width = Math.round(Math.min(wanted, whole.width, whole.height * RATIO));
  const height = Math.round(width / RATIO);
  const within = (middle: number, length: number, end: number) =>
    Math.round(Math.min(Math.max(middle - length / 2, 0), end - length));
  return {
    x: within(place.x + place.width / 2, width, whole.width),
    y: within(place.y + place.height / 2, height, whole.height),
    width,
    height,
  };
}

/** A country with clicks, now or in the comparison. `name` says everything: what it is called, and its clicks. */
type MapCountry = { code: string; name: string; shade: number; href: string };

/** A file of its own, so that pages needn't contain the outlines. Cached for good: its URL changes with the file. */
const { src }: StaticImageData = drawing;

const PLACES: Readonly<Record<string, readonly number[]>> = world.places;
const WHOLE: Frame = { x: 0, y: 0, width: world.width, height: world.height };

/** Position and size of a country's largest part; one without a size is a circle. */
function placeOf(code: string): Frame {
  const [x = 0, y = 0, width = 0, height = 0] = PLACES[code] ?? [];
  return { x, y, width, height };
}

const isCircle = ({ code }: MapCountry): boolean => placeOf(code).width === 0;

/** Whether the map has a place for a country. */
export const isOnMap = (code: string | null): code is string => code !== null && Object.hasOwn(PLACES, code);

/** By shade. The first is for a country without clicks that had some in the comparison. */
const FILLS = [
  "fill-[url(#lost-clicks)]",
  ...["fill-shade-1", "fill-shade-2", "fill-shade-3", "fill-shade-4", "fill-shade-5"],
];

function Country({ country }: { country: MapCountry }) {
  const { code, name, shade, href } = country;
  const { x, y } = placeOf(code);
  const look = `${FILLS[shade] ?? ""} stroke-surface stroke-2 group-hover:stroke-ink group-focus-visible:stroke-ink`;
  return (
    // The shape has an outline instead: the box of a country across the date line is as wide as the map.
    <a href={href} aria-label={name} className="group outline-none!">
      {!isCircle(country) ? (
        <use href={`${src}#${code}`} className={`${look} group-hover:stroke-4 group-focus-visible:stroke-4`} />
      ) : (
        <circle cx={x} cy={y} className={`${look} [r:22px] sm:[r:12px]`} />
      )}
    </a>
  );
}

type Props = { label: string; countries: readonly MapCountry[]; around: string | null };

/** The world map. Each country with clicks is a link, small ones are circles. `around` zooms to a country. */
export function WorldMap({ label, countries, around }: Props) {
  const { x, y, width, height } = isOnMap(around) ? frameAround(placeOf(around), WHOLE) : WHOLE;
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
        {/* What is drawn later lies on top. */}
        {[...countries.filter((country) => !isCircle(country)), ...countries.filter(isCircle)].map((country) => (
          <Country key={country.code} country={country} />
        ))}
      </svg>
    </LinkField>
  );
}
