import { ensureOwner } from "@/lib/account/owner";
import { env } from "@/lib/base/env";

const { ADMIN_EMAIL, ADMIN_PASSWORD } = env();
const settings = ADMIN_EMAIL && ADMIN_PASSWORD ? { email: ADMIN_EMAIL, password: ADMIN_PASSWORD } : null;
process.stdout.write(await ensureOwner(settings));
process.exit();
