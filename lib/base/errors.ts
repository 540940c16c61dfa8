import { text as words } from "@/lib/base/problems";

/** Status of each error code. Codes and statuses are Dub's, because its SDK matches them one to one. */
const STATUS = {
  bad_request: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  request_timeout: 408,
  payload_too_large: 413,
  unprocessable_entity: 422,
  rate_limit_exceeded: 429,
  internal_server_error: 500,
  unavailable: 503,
} as const;

type ErrorCode = keyof typeof STATUS;

/** An expected error with a message for whoever caused it. Never quotes SQL. */
export class AppError extends Error {
  override readonly name = "AppError";

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly headers: Record<string, string> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  get status(): number {
    return STATUS[this.code];
  }

  toResponse(): Response {
    const { code, message, status, headers } = this;
    return Response.json({ error: { code, message } }, { status, headers });
  }
}

/** For a write that a move to another database refuses. */
export const moving = (cause: unknown): AppError =>
  new AppError("unavailable", words.moving, { "Retry-After": "5" }, { cause });
