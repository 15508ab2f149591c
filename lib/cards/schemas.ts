import "server-only";
import { z } from "zod";
import { pagingShape } from "@/lib/core/schemas";
import { recognize } from "@/lib/format/recognize/recognize";
import { storableText } from "@/lib/format/storable-text";
import { readTag } from "@/lib/format/tags";
import { FILTER_NAMES, URL_FILTERS } from "./filter/card-filters";
import { textOf } from "./filter/filter-kinds";
import { forEachFilter, readFilters, writeFilters } from "./filter/filter-texts";
import { CARD_SORTS, MAX_FIND_TEXT, MAX_VIEW_NAME } from "./types";

const value = z
  .union([z.string().trim().min(1), z.number(), z.boolean(), z.array(z.string())])
  .transform((read) => storableText(textOf(read)))
  .optional();

/** Every filter, limited to what its kind reads from text. */
const cardFilterSchema = z.strictObject(forEachFilter(FILTER_NAMES, () => value)).transform((texts, context) => {
  const { filter, errors } = readFilters(texts);
  for (const [name, message] of Object.entries(errors)) context.addIssue({ code: "custom", path: [name], message });
  return filter;
});

const sort = z.strictObject({ id: z.enum(CARD_SORTS), desc: z.boolean() });

/** A page past the end is clamped by the verb, a size that is not offered is refused. */
export const cardQuerySchema = z.strictObject({
  filter: cardFilterSchema,
  sort,
  ...pagingShape,
  exact: z.boolean().optional(),
});

export const cardIdsSchema = z.strictObject({ filter: cardFilterSchema });

export const cardUseSchema = z.strictObject({ ids: z.array(z.string().min(1).max(64)).min(1).max(200) });

/** Whether a text names a phone or a code: such a text is in no view. */
const namesPrivate = (words: string): boolean =>
  recognize(words).some(
    ({ kind, exactness }) => (kind === "phone" || kind === "code") && ["whole", "masked"].includes(exactness),
  );

const isPrivateTag = (text: string): boolean => {
  const read = readTag(text);
  return "error" in read && read.error === "tag_private";
};

/** A view's filters: those that may stand in a URL, as texts, and none of them with a phone or code in it. */
const viewFilterSchema = z.strictObject(forEachFilter(URL_FILTERS, () => value)).transform((texts, context) => {
  const { filter, errors } = readFilters(texts);
  for (const [name, message] of Object.entries(errors)) context.addIssue({ code: "custom", path: [name], message });
  if (namesPrivate(texts.name ?? "")) context.addIssue({ code: "custom", path: ["name"], message: "view_private" });
  if (isPrivateTag(texts.tag ?? "")) context.addIssue({ code: "custom", path: ["tag"], message: "view_private" });
  return Object.fromEntries(Object.entries(writeFilters(filter)).filter(([, written]) => written !== ""));
});

export const saveViewSchema = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1, { error: "required" })
    .max(MAX_VIEW_NAME, { error: "too_long" })
    .transform(storableText)
    .refine((name) => !namesPrivate(name), { error: "view_private" }),
  shared: z.boolean(),
  filter: viewFilterSchema,
  sort,
});

export const viewIdSchema = z.strictObject({ viewId: z.uuid() });

export const defaultViewSchema = z.strictObject({ viewId: z.uuid().nullable() });

/** A tag and the card it is on; the tag as it is kept. */
export const tagSchema = z.strictObject({
  cardId: z.string().min(1).max(64),
  tag: z
    .string({ error: "required" })
    .max(200, { error: "too_long" })
    .transform((typed, context) => {
      const read = readTag(typed);
      if ("tag" in read) return read.tag;
      context.addIssue({ code: "custom", message: read.error });
      return z.NEVER;
    }),
});

export const cardIdSchema = z.strictObject({ id: z.string().min(1).max(64) });

export const dailyUseSchema = z.strictObject({
  cardIds: z.array(z.string().min(1).max(64)).min(1).max(200),
  /** How many days of the display zone, today included. */
  days: z.int().min(1).max(400).default(30),
});

export const revealSchema = z.strictObject({
  id: z.string().min(1).max(64),
  field: z.enum(["phone", "code"]),
  /** What for, as the audit tells it. */
  purpose: z.enum(["see", "copy"]).optional(),
});

/** Both needed: the upstream looks a card up by the pair. */
export const lookUpSchema = z.strictObject({
  phone: z.string().regex(/^1\d{10}$/, { error: "bad_format" }),
  code: z.string().regex(/^[0-9A-Za-z]{8}$/, { error: "bad_format" }),
});

export const findSchema = z.strictObject({ text: z.string().trim().max(MAX_FIND_TEXT, { error: "too_long" }) });

/** At most this many ids may be selected one by one; more is a filter. */
export const MAX_SELECTED = 10_000;

export const exportSchema = z.strictObject({
  format: z.enum(["csv", "xlsx", "txt"]),
  scope: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("selected"), ids: z.array(z.string().min(1).max(64)).min(1).max(MAX_SELECTED) }),
    z.strictObject({ kind: z.literal("filtered"), filter: cardFilterSchema, sort }),
    z.strictObject({ kind: z.literal("all") }),
  ]),
});

export type LookUpInput = z.output<typeof lookUpSchema>;
export type RevealInput = z.output<typeof revealSchema>;
export type ExportInput = z.output<typeof exportSchema>;
