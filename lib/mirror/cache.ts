/** Rows that are kept; a year of quarter hours has 35,040. */
const MAX_ROWS = 200_000;
const MAX_ANSWERS = 500;

/**
 * Remembers answers while the data is the same. Those who ask the same at once share one answer.
 *
 * @returns a function that gives the answer to `question` as of `version`, asking `answer` when it is not known
 */
export function createCache<Answer extends readonly unknown[]>() {
  let known = new Map<string, Promise<Answer>>();
  let rows = 0;
  let of = "";

  return async function remember(version: string, question: string, answer: () => Promise<Answer>): Promise<Answer> {
    if (version !== of || rows > MAX_ROWS || known.size >= MAX_ANSWERS) {
      known = new Map();
      rows = 0;
      of = version;
    }
    const mine = known;
    const found = mine.get(question);
    if (found) return found;
    const asked = answer();
    mine.set(question, asked);
    try {
      const given = await asked;
      if (mine === known) rows += given.length;
      return given;
    } catch (error) {
      mine.delete(question);
      throw error;
    }
  };
}
