import "server-only";
import { isIP } from "node:net";
import { z } from "zod";
import { linkIdOf } from "@/lib/account/link-choices";
import { isNetworkAddress, visitorAddress } from "@/lib/base/addresses";
import { text as words } from "@/lib/base/problems";
import type { Whose } from "@/lib/deliveries/visitor-match";

export const MAX_WHOSE_BYTES = 4_096;

const ip = z
  .string(words.privacy.address)
  .trim()
  .refine((text) => isIP(visitorAddress(text)) !== 0, words.privacy.address)
  .refine((text) => !isNetworkAddress(text), words.privacy.network);
const visitor = z
  .string(words.privacy.visitor)
  .trim()
  .regex(/^[\w-]{22}$/, words.privacy.visitor);
const link = z.string(words.privacy.link).trim().min(1, words.privacy.link);

/** Whose clicks are meant: those of one visitor, by address or id, or of one link. */
export const WhoseNamed = z
  .strictObject({ ip: ip.optional(), visitor: visitor.optional(), link: link.optional() })
  .refine((named) => Object.values(named).filter((value) => value !== undefined).length === 1, words.privacy.of);

/** The same of a visitor only. */
export const VisitorNamed = WhoseNamed.refine(({ link: given }) => given === undefined, words.privacy.ofVisitor);

/** Whose clicks are meant, with the link's id. @throws AppError unless there is one such link */
export async function whoseOf(named: z.output<typeof WhoseNamed>): Promise<Whose & { linkId?: string }> {
  const { link: given, ip: address, visitor: hash } = named;
  if (given === undefined)
    return { ...(address !== undefined && { ip: address }), ...(hash !== undefined && { visitor: hash }) };
  return { linkId: await linkIdOf(given, "link") };
}
