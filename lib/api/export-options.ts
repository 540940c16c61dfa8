import { type CsvOptions, DELIMITERS } from "@/lib/api/csv";
import { type Endpoint, ownChoices } from "@/lib/question/codec/parameters";
import { queryString } from "@/lib/question/codec/query-string";

type Asked = CsvOptions & { facet: boolean; upTo: string | null; columns: string | null; query: string };

const isDelimiter = (name: string | null): name is keyof typeof DELIMITERS =>
  name !== null && Object.hasOwn(DELIMITERS, name);

/** An export's own parameters, and the query string without them. What they may say is checked with the filters. */
export function exportOptions(params: URLSearchParams, endpoint: Endpoint): Asked {
  const delimiter = params.get("delimiter");
  const others = [...params].filter(([name]) => ownChoices(endpoint, name) === undefined);
  return {
    bom: params.get("bom") === "true",
    delimiter: isDelimiter(delimiter) ? delimiter : "comma",
    utc: params.get("times") === "utc",
    facet: params.get("facets") === "true",
    upTo: params.get("upTo") || null,
    columns: params.get("columns"),
    query: queryString(new URLSearchParams(others)),
  };
}
