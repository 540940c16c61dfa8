import { AppError } from "@/lib/base/errors";
import { log } from "@/lib/base/log";
import { text as words } from "@/lib/base/problems";

/** A question whose statement was ended, so that the engine is free for others. */
export class TookTooLong extends AppError {
  constructor(cause: unknown) {
    super("unavailable", words.filters.tookTooLong, {}, { cause });
    log.warn({ err: cause }, "question: stopped, as it took too long");
  }
}
