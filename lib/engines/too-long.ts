import { AppError } from "@/lib/base/errors";
import { text as words } from "@/lib/base/problems";

/** A question whose statement was ended, so that the engine is free for others. */
export class TookTooLong extends AppError {
  constructor(options: ErrorOptions) {
    super("unavailable", words.filters.tookTooLong, {}, options);
  }
}
