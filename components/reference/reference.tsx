import { z } from "zod";
import { CopyButton } from "@/components/ui/copy-button";
import { TextLink } from "@/components/ui/link";
import { OPERATIONS, type Operation, TAGS } from "@/lib/api/openapi/operations";
import { COMMON, isCommon } from "@/lib/api/openapi/parameters";
import { shapes } from "@/lib/api/openapi/shapes";

type Shape = { type?: string; enum?: readonly unknown[]; description?: string };

/** Made once: the page is for everybody. */
const once = <Value,>(make: (shape: z.ZodType) => Value) => {
  const made = new WeakMap<z.ZodType, Value>();
  return (shape: z.ZodType): Value => {
    const value = made.get(shape) ?? make(shape);
    made.set(shape, value);
    return value;
  };
};

const shapeOf = once((shape) => z.toJSONSchema(shape, { io: "input" }) as Shape);
const answerOf = once((shape) => JSON.stringify(z.toJSONSchema(shape, { reused: "inline" }), null, 2));

/** The values that a parameter takes, in words. */
const valuesOf = ({ enum: choices, type }: Shape): string =>
  choices ? choices.join(", ") : type === "integer" ? "number" : "text";

function Parameters({ caption, of }: { caption: string; of: Record<string, z.ZodType> }) {
  return (
    <table className="w-full text-left">
      <caption className="sr-only">{caption}</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Values</th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {Object.entries(of).map(([name, schema]) => {
          const shape = shapeOf(schema);
          return (
            <tr key={name} className="align-top max-sm:grid">
              <th scope="row" className="py-2 pr-4 font-normal sm:w-56">
                <code className="break-all font-mono text-[13px]">{name}</code>
              </th>
              <td className="min-w-0 py-2 text-muted max-sm:pt-0">
                {shape.description && <span className="text-ink">{shape.description} </span>}
                {!(shape.description && valuesOf(shape) === "text") && (
                  <span className="break-words">{valuesOf(shape)}</span>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

const fieldPath = ({ path, inPath = {} }: Operation): string =>
  Object.keys(inPath).reduce(
    (text, name) => text.replace(`{${name}}`, name === "field" ? "country" : "countries.csv"),
    path,
  );

function exampleOf(operation: Operation, host: string): string {
  const { method, example } = operation;
  const address = `${host}${fieldPath(operation)}${example ? `?${example}` : ""}`;
  if (method === "get") return `curl -H "Authorization: Bearer $KEY" "${address}"`;
  const body = '{"questions": [{"interval": "7d"}, {"groupBy": "countries", "interval": "7d"}]}';
  return `curl -H "Authorization: Bearer $KEY" -H "Content-Type: application/json" -d '${body}' "${address}"`;
}

/** An answer's shape as JSON Schema, folded: most readers look at an example first. */
function Answer({ type, shape }: { type: string; shape: z.ZodType | null }) {
  if (!shape) return <p className="text-muted">Answers with {type}.</p>;
  return (
    <details>
      <summary className="cursor-pointer rounded font-medium">Shape of the answer: {shapes.get(shape)?.id}</summary>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls has to be reached by keyboard
        tabIndex={0}
        className="mt-2 max-h-96 overflow-auto rounded-lg bg-raised p-3 font-mono text-xs leading-relaxed"
      >
        {answerOf(shape)}
      </pre>
    </details>
  );
}

function OperationCard({ operation, host }: { operation: Operation; host: string }) {
  const { id, method, path, summary, description, needs, query, inPath, answers } = operation;
  const own = Object.fromEntries(
    Object.entries(query).filter(([name]) => operation.tag === "Dub’s API" || !isCommon(name)),
  );
  const takesCommon = operation.tag !== "Dub’s API" && Object.keys(query).some(isCommon);
  const example = exampleOf(operation, host);
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="grid scroll-mt-4 grid-cols-1 gap-3 card p-4 sm:p-6">
      <h3 id={`${id}-title`} className="font-semibold text-base">
        {summary}
      </h3>
      <p className="flex flex-wrap items-center gap-2">
        <span className="rounded bg-raised px-1.5 py-0.5 font-mono text-xs uppercase">{method}</span>
        <code className="break-all font-mono text-[13px]">{path}</code>
        <span className="text-muted">scope {needs}</span>
      </p>
      {description && <p className="max-w-prose text-pretty">{description}</p>}
      <div className="flex items-start gap-1">
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls has to be reached by keyboard
          tabIndex={0}
          className="min-w-0 flex-1 overflow-x-auto rounded-lg bg-raised px-3 py-2 font-mono text-[13px]"
        >
          {example}
        </pre>
        <CopyButton text={example} label={`Copy example of ${summary}`} />
      </div>
      {(inPath || Object.keys(own).length > 0) && (
        <details open={operation.tag !== "Dub’s API"}>
          <summary className="cursor-pointer rounded font-medium">Parameters</summary>
          <Parameters caption={`Parameters of ${summary}`} of={{ ...inPath, ...own }} />
        </details>
      )}
      {takesCommon && (
        <p className="text-muted">
          Besides, all <TextLink href="#filters">filters and settings</TextLink>.
        </p>
      )}
      {Object.entries(answers).map(([type, shape]) => (
        <Answer key={type} type={type} shape={shape} />
      ))}
    </section>
  );
}

/** The API's reference: the same list from which its document is generated. `host`: this server's address. */
export function Reference({ host }: { host: string }) {
  return (
    <>
      <nav aria-label="Contents" className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
        {Object.keys(TAGS).map((tag) => (
          <div key={tag}>
            <p className="mb-1 font-semibold">{tag}</p>
            <ul className="grid gap-0.5">
              {OPERATIONS.filter((operation) => operation.tag === tag).map(({ id, summary }) => (
                <li key={id}>
                  <TextLink href={`#${id}`}>{summary}</TextLink>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      {Object.entries(TAGS).map(([tag, words]) => (
        <section key={tag} aria-label={tag} className="grid grid-cols-1 gap-4">
          <div>
            <h2 className="font-semibold text-lg">{tag}</h2>
            <p className="max-w-prose text-muted">{words}</p>
          </div>
          {OPERATIONS.filter((operation) => operation.tag === tag).map((operation) => (
            <OperationCard key={operation.id} operation={operation} host={host} />
          ))}
        </section>
      ))}
      <section id="filters" aria-label="Filters and settings" className="grid scroll-mt-4 grid-cols-1 gap-4">
        <div>
          <h2 className="font-semibold text-lg">Filters and settings</h2>
          <p className="max-w-prose text-pretty text-muted">
            The same as in the addresses of pages: set filters on a page and take them from there. All conditions must
            hold. Conditions whose names begin with the same group, such as any.country=DE and any.device=Mobile, are
            alternatives.
          </p>
        </div>
        <div className="card px-4 py-2 sm:px-6">
          <Parameters caption="Settings" of={COMMON.settings} />
        </div>
        <div className="card px-4 py-2 sm:px-6">
          <Parameters caption="Filters" of={COMMON.conditions} />
        </div>
      </section>
    </>
  );
}
