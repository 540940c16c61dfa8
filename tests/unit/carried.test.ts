import { expect, test } from "vitest";
import { carried } from "@/components/shell/pages";
import { linksParam } from "@/lib/question/codec/write";

test.each(["link_1", "a,b", "-a", "back\\slash", "\\", "Unknown", "é/ü", "a b", "100%"])(
  "the link %j goes along to its clicks, as conditions write it",
  (id) => {
    const params = carried(new URLSearchParams("country=DE"), `/links/${encodeURIComponent(id)}`, "/events", []);
    expect(Object.fromEntries(params)).toEqual({ country: "DE", linkId: linksParam([id]) });
  },
);
