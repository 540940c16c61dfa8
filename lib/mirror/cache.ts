import { createHash } from "node:crypto";

/** Rows that are kept; a year of quarter hours has 35,040. */
const MAX_ROWS = 200_000;
/** Of one answer: larger ones are asked for once. */
const MAX_ANSWER_ROWS = 50_000;
const MAX_ANSWERS = 500;

/** A question may name many thousand links; its name here is short. */
const nameOf = (question: readonly unknown[]) => createHash("sha256").update(JSON.stringify(question)).digest("base64");

/** `rows` is 0 until the answer is there. */
type Entry<Answer> = { answer: Promise<Answer>; rows: number };

/**
 * Remembers answers while the data is the same; those that nobody has asked for longest go when there is no more room.
 * Those who ask the same at once share one answer.
 *
 * @returns a function that gives the answer to `question` as of `version`, asking `answer` when it is not known
 */
export function createCache<Answer extends readonly unknown[]>() {
  let known = new Map<string, Entry<Answer>>();
  let rows = 0;
  let of = "";

  /** A map keeps the order in which its entries were put into it: the first one was used longest ago. */
  function makeRoom(): void {
    for (const [name, entry] of known) {
      if (rows <= MAX_ROWS && known.size <= MAX_ANSWERS) return;
      known.delete(name);
      rows -= entry.rows;
    }
  }

  return async function remember(
    version: string,
    question: readonly unknown[],
    answer: () => Promise<Answer>,
  ): Promise<Answer> {
    if (version !== of) {
      known = new Map();
      rows = 0;
      of = version;
    }
    const mine = known;
    const name = nameOf(question);
    const found = mine.get(name);
    if (found) {
      mine.delete(name);
      mine.set(name, found);
      return found.answer;
    }
    const entry = { answer: answer(), rows: 0 };
    mine.set(name, entry);
    makeRoom();
    try {
      const given = await entry.answer;
      if (mine !== known || mine.get(name) !== entry) return given;
      if (given.length > MAX_ANSWER_ROWS) mine.delete(name);
      else {
        entry.rows = given.length;
        rows += given.length;
        makeRoom();
      }
      return given;
    } catch (error) {
      if (mine.get(name) === entry) mine.delete(name);
      throw error;
    }
  };
}
