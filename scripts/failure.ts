/** An expected failure of a command, in words that tell the person who ran it what to do. Never carries a secret. */
export class Failure extends Error {
  override readonly name = "Failure";
}
