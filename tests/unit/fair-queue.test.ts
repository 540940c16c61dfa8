import fc from "fast-check";
import { expect, test } from "vitest";
import type { AppError } from "@/lib/base/errors";
import { createFairQueue } from "@/lib/question/answer/fair-queue";
import type { Scope } from "@/lib/question/question";

const scope = (asker?: string): Scope => ({ links: null, hidden: [], ...(asker !== undefined && { asker }) });

/** Work that ends when it is told to. */
function held() {
  let end = () => {};
  let hasBegun = false;
  const done = new Promise<void>((resolve) => {
    end = resolve;
  });
  const work = async () => {
    hasBegun = true;
    await done;
  };
  return { work, end: () => end(), begun: () => hasBegun };
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

test("so many requests of an asker run at once, each with all its questions; others don't wait for them", async () => {
  const queued = createFairQueue({ atOnce: 2, waiting: 10, waitMs: 60_000 });
  const scopes = [scope("a"), scope("a"), scope("a")];
  const questions = scopes.flatMap((one) => [1, 2, 3].map(() => ({ one, ...held() })));
  const answers = questions.map(({ one, work }) => queued(one, work));
  const other = held();
  const others = [queued(scope("b"), other.work), queued(scope(), other.work)];
  await settle();
  expect(questions.map(({ begun }) => begun())).toEqual([...Array(6).fill(true), ...Array(3).fill(false)]);
  expect(other.begun()).toBe(true);
  for (const { end } of questions.slice(0, 2)) end();
  await settle();
  expect(questions[6]?.begun()).toBe(false);
  questions[2]?.end();
  await settle();
  expect(questions.map(({ begun }) => begun())).toEqual(Array(9).fill(true));
  for (const { end } of questions) end();
  other.end();
  await Promise.all([...answers, ...others]);
});

test("who waits too long is refused, and so is one more than may wait; a place isn't lost by it", async () => {
  const queued = createFairQueue({ atOnce: 1, waiting: 1, waitMs: 0 });
  const first = held();
  const running = queued(scope("a"), first.work);
  const late = queued(scope("a"), async () => {});
  const refused = { code: "rate_limit_exceeded", headers: { "Retry-After": "5" } } satisfies Partial<AppError>;
  await expect(queued(scope("a"), async () => {})).rejects.toMatchObject(refused);
  await expect(late).rejects.toMatchObject(refused);
  first.end();
  await running;
  expect(await queued(scope("a"), async () => "next")).toBe("next");
});

test("a request that was answered something isn't refused later, as an export would end in its middle", async () => {
  const queued = createFairQueue({ atOnce: 1, waiting: 1, waitMs: 0 });
  const [exporting, other, waiting] = [scope("a"), scope("a"), scope("a")];
  await queued(exporting, async () => {});
  const slow = held();
  const running = queued(other, slow.work);
  const refused = queued(waiting, async () => {});
  const next = queued(exporting, async () => "the next page");
  await expect(refused).rejects.toMatchObject({ code: "rate_limit_exceeded" });
  slow.end();
  await running;
  expect(await next).toBe("the next page");
});

test("whatever fails, everybody gets a turn, and never more than so many at once", async () => {
  const request = fc.record({
    asker: fc.constantFrom("a", "b"),
    questions: fc.array(fc.record({ ticks: fc.nat(4), fails: fc.boolean() }), { minLength: 1, maxLength: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(request, { maxLength: 12 }), async (requests) => {
      const queued = createFairQueue({ atOnce: 2, waiting: 100, waitMs: 60_000 });
      const running = new Map<Scope, number>();
      let most = 0;
      const all = requests.flatMap(({ asker, questions }) => {
        const one = scope(asker);
        return questions.map(({ ticks, fails }) =>
          queued(one, async () => {
            running.set(one, (running.get(one) ?? 0) + 1);
            most = Math.max(most, [...running.keys()].filter((other) => other.asker === asker).length);
            for (let tick = 0; tick < ticks; tick++) await settle();
            const left = (running.get(one) ?? 1) - 1;
            if (left === 0) running.delete(one);
            else running.set(one, left);
            if (fails) throw new Error("as asked");
          }).then(
            () => false,
            () => true,
          ),
        );
      });
      const failed = await Promise.all(all);
      expect(failed).toEqual(requests.flatMap(({ questions }) => questions.map(({ fails }) => fails)));
      expect(most).toBeLessThanOrEqual(2);
    }),
    { numRuns: 100 },
  );
});
