import {
  createLoader,
  createParser,
  parseAsInteger,
  parseAsNumberLiteral,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { isAddressText, OUTCOMES } from "@/lib/audit/types";
import { MAX_PAGE, PAGE_SIZES } from "@/lib/core/paging";
import { isDay } from "@/lib/format/dates";
import { normalizePhone } from "@/lib/format/phones";

/** A calendar day; anything else is unset. */
const parseAsDay = createParser({
  parse: (text) => (isDay(text) ? text : null),
  serialize: (day: string) => day,
});

const parseAsAction = createParser({
  parse: (text) => (/^[a-z_]{1,31}(\.[a-z_]{1,32})?$/.test(text) ? text : null),
  serialize: (action: string) => action,
});

/** No phone may appear in a URL, even if pasted into the wrong field. */
const parseAsTarget = createParser({
  parse: (text) => (/^\+?[\d\s-]{7,15}$/.test(text) || normalizePhone(text) ? null : text.slice(0, 128)),
  serialize: (target: string) => target,
});

/** An address, never a phone. */
const parseAsAddress = createParser({
  parse: (text) => (isAddressText(text) ? text.trim() : null),
  serialize: (address: string) => address,
});

/** The audit page's URL parameters; `q` is a token for the card this tab remembers. */
export const auditParams = {
  actor: parseAsString.withDefault(""),
  action: parseAsAction.withDefault(""),
  target: parseAsTarget.withDefault(""),
  ip: parseAsAddress.withDefault(""),
  outcome: parseAsStringLiteral(OUTCOMES),
  from: parseAsDay,
  to: parseAsDay,
  page: parseAsInteger.withDefault(1),
  size: parseAsNumberLiteral(PAGE_SIZES).withDefault(50),
  q: parseAsString.withDefault(""),
};

export const loadAuditParams = createLoader(auditParams);
export type AuditParams = Awaited<ReturnType<typeof loadAuditParams>>;

/** The export's input: the filters without the page. */
export const auditFilterOf = (params: AuditParams, card = "") => ({
  actor: params.actor.slice(0, 64),
  action: params.action,
  target: params.target,
  card,
  ip: params.ip,
  ...(params.outcome && { outcome: params.outcome }),
  ...(params.from && { from: params.from }),
  ...(params.to && { to: params.to }),
});

/** The list verb's input; equal on the server and in the browser, so that the first rows are found in the cache. */
export const auditQueryOf = (params: AuditParams, card = "") => ({
  ...auditFilterOf(params, card),
  page: Math.min(Math.max(1, params.page), MAX_PAGE),
  size: params.size,
});

export type AuditQuery = ReturnType<typeof auditQueryOf>;
