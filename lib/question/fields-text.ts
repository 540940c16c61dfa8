import type { DimensionKey } from "@/lib/click/dimensions";
import type { Operator } from "@/lib/question/codec/conditions";
import type { FieldName } from "@/lib/question/question";

/** Texts of filter fields other than dimensions, and of operators. */
export const text = {
  time: "Time",
  labels: {
    title: { label: "Link title", plural: "Link titles" },
    key: { label: "Link key", plural: "Link keys" },
    archived: { label: "Archived", plural: "Archived links" },
    root: { label: "Root link", plural: "Root links" },
    externalId: { label: "External id", plural: "External ids" },
    tenantId: { label: "Tenant id", plural: "Tenant ids" },
    partnerId: { label: "Partner id", plural: "Partner ids" },
    programId: { label: "Program id", plural: "Program ids" },
  } satisfies Record<Exclude<FieldName, DimensionKey>, { label: string; plural: string }>,
  operators: {
    is: "is",
    isNot: "is not",
    contains: "contains",
    notContains: "does not contain",
    empty: "is empty",
    notEmpty: "is not empty",
  } satisfies Record<Operator, string>,
} as const;
