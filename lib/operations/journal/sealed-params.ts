import "server-only";
import { aboutOf, hashesOf } from "@/lib/audit";
import { openText, sealText } from "@/lib/core/app-keys";
import { operationContext } from "@/lib/core/sealing";
import { maskCode } from "@/lib/format/masks";
import type { CardSnapshot, OperationParams, StoredCard, StoredParams } from "../operation";

/** What stands in the sealed column: one entry for each card, the source first. */
type Secret = Pick<CardSnapshot, "code" | "phone">;

type Stored = { params: StoredParams; sealed: Buffer | null; about: string[] };

/**
 * Parameters as they may be stored: one cipher with every phone and code, and hashes to find them by. Throws AppError
 * "not_configured" without APP_KEYS: what can't be sealed is not kept.
 */
export function sealParams(id: string, params: OperationParams): Stored {
  const cards = cardsOf(params);
  if (cards.length === 0) return { params, sealed: null, about: [] };
  const secrets = cards.map(({ code, phone }): Secret => ({ code, phone }));
  const plain = JSON.stringify(secrets);
  return { params: without(params), sealed: sealText(plain, operationContext(id)), about: hashesOfSealed(plain) };
}

/**
 * Undo {@link sealParams}. A row of before sealing has its phones and codes in the parameters. What does not open (its app
 * key is gone, or a byte was changed) leaves them null: a list is not lost for one row.
 */
export function openParams(id: string, { params, sealed }: Pick<Stored, "params" | "sealed">): OperationParams {
  return within(params, sealed ? readSecrets(sealed, id) : null);
}

/** The hashes of what was sealed, under the newest app key: a rotation makes them again. */
export function hashesOfSealed(plain: string): string[] {
  const secrets = parse(plain);
  return hashesOf({
    phones: secrets.flatMap(({ phone }) => phone ?? []).flatMap((phone) => [phone, ...aboutOf(phone).phones]),
    codes: secrets.flatMap(({ code }) => code ?? []),
  });
}

/** Whether every phone and code could be opened: without them nothing may be sent. */
export const isReadable = (params: OperationParams): boolean => cardsOf(params).every(({ code }) => code !== null);

/** The phones and codes themselves, to be left out of what else is stored. */
export const secretsIn = (params: OperationParams): string[] =>
  cardsOf(params).flatMap(({ code, phone }) => [code, phone].flatMap((text) => text || []));

/** A text without them: only their last four characters stay. */
export const withoutSecrets = <T extends string | null>(text: T, secrets: readonly string[]): T | string =>
  text === null ? text : secrets.reduce<string>((rest, secret) => rest.replaceAll(secret, maskCode(secret)), text);

function cardsOf(params: OperationParams): CardSnapshot[] {
  if (params.kind === "transfer") return [params.source, params.target];
  return params.kind === "destroy" ? [params.card] : [];
}

function readSecrets(sealed: Buffer, id: string): Secret[] {
  try {
    return parse(openText(sealed, operationContext(id)));
  } catch {
    return [];
  }
}

const parse = (plain: string): Secret[] => JSON.parse(plain) as Secret[];

function without(params: OperationParams): StoredParams {
  if (params.kind === "generate") return params;
  if (params.kind === "destroy") return { ...params, card: bare(params.card) };
  return { ...params, source: bare(params.source), target: bare(params.target) };
}

const bare = ({ id, userName, type, balance }: CardSnapshot): StoredCard => ({ id, userName, type, balance });

function within(params: StoredParams, secrets: readonly Secret[] | null): OperationParams {
  if (params.kind === "generate") return params;
  if (params.kind === "destroy") return { ...params, card: full(params.card, secrets, 0) };
  return { ...params, source: full(params.source, secrets, 0), target: full(params.target, secrets, 1) };
}

function full(card: StoredCard, secrets: readonly Secret[] | null, at: number): CardSnapshot {
  const secret = secrets ? secrets[at] : card;
  return { ...card, code: secret?.code ?? null, phone: secret?.phone ?? null };
}
