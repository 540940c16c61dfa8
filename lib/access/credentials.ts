import { z } from "zod";
import { PASSWORD_LENGTH } from "./password-length";

/** What the owner signs in with. The e-mail address is compared in lower case. */
export const Credentials = z.object({
  email: z.string().trim().toLowerCase().pipe(z.email("Enter an e-mail address such as you@example.com.")),
  password: z
    .string()
    .min(PASSWORD_LENGTH.min, `Use at least ${PASSWORD_LENGTH.min} characters.`)
    .max(PASSWORD_LENGTH.max, `Use at most ${PASSWORD_LENGTH.max} characters.`),
});

export type Credentials = z.infer<typeof Credentials>;
