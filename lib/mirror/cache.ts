import { createHash } from "node:crypto";

/** Rows that are kept; a year of quarter hours has 35,040. */
const MAX_ROWS = 200_000;
/** Of one answer: exports have more, and are asked for once. */
const MAX_ANSWER_ROWS = 50_000;
const MAX_ANSWERS = 500;

/** A question may name many thousand links; its name here is short. */
const nameOf = (question: readonly unknown[]) => createHash("sha256").update(JSON.stringify(question)).digest("base64");

/**
 * Remembers answers while the data is the same. Those who ask the same at once share one answer.
 *
 * @returns a function that gives the answer to `question` as of `version`, asking `answer` when it is not known
 */
export function createCache<Answer extends readonly unknown[]>() {
  let known = new Map<string, Promise<Answer>>();
  let rows = 0;
  let of = "";

  return async function remember(
    version: string,
    question: readonly unknown[],
    answer: () => Promise<Answer>,
  ): Promise<Answer> {
    if (version !== of || rows > MAX_ROWS || known.size >= MAX_ANSWERS) {
      known = new Map();
      rows = 0;
      of = version;
    }
    const mine = known;
    const name = nameOf(question);
    const found = mine.get(name);
    if (found) return found;
    const asked = answer();
    mine.set(name, asked);
    try {
      const given = await asked;
      if (given.length > MAX_ANSWER_ROWS) mine.delete(name);
      else if (mine === known) rows += given.length;
      return given;
    } catch (error) {
      mine.delete(name);
      throw error;
    }
  };
}
