import { type CsvOptions, DELIMITERS } from "@/lib/api/csv";
import { type Endpoint, ownChoices } from "@/lib/question/codec/parameters";
import { queryString } from "@/lib/question/codec/query-string";

type Asked = CsvOptions & { facet: boolean; upTo: string | null; columns: string | null; query: string };

const isDelimiter = (name: string | null): name is keyof typeof DELIMITERS =>
  name !== null && Object.hasOwn(DELIMITERS, name);

/** An export's own parameters, and the query string without them. What they may say is checked with the filters. */
export function exportOptions(params: URLSearchParams, endpoint: Endpoint): Asked {
  // Of a repeated one the last counts, as everywhere.
  const own = (name: string) => params.getAll(name).at(-1) ?? null;
  const delimiter = own("delimiter");
  const others = [...params].filter(([name]) => ownChoices(endpoint, name) === undefined);
  return {
    bom: own("bom") === "true",
    delimiter: isDelimiter(delimiter) ? delimiter : "comma",
    utc: own("times") === "utc",
    facet: own("facets") === "true",
    upTo: own("upTo") || null,
    columns: own("columns"),
    query: queryString(new URLSearchParams(others)),
  };
}
