import { expect, test } from "vitest";
import en from "@/messages/en/upstream.json";
import zhCN from "@/messages/zh-CN/upstream.json";
import type { Fault, RefusalReason } from "./types";

/** The compiler keeps this list whole. */
const REASONS: Record<Fault | RefusalReason, true> = {
  connection_failed: true,
  timeout: true,
  reset: true,
  cut: true,
  too_large: true,
  redirect: true,
  http_status: true,
  not_json: true,
  wrong_shape: true,
  bad_signature: true,
  unlisted_failure: true,
  circuit_open: true,
  not_configured: true,
  missing_parameter: true,
  key_refused: true,
  no_permission: true,
  insufficient_balance: true,
  card_not_found: true,
  trial_card: true,
  not_allowed: true,
  too_many_keys: true,
  signature_refused: true,
};

test.each([
  ["zh-CN", zhCN],
  ["en", en],
])("%s has a sentence for every fault and refusal, and names the upstream in it", (_locale, messages) => {
  expect(Object.keys(messages).sort()).toEqual(Object.keys(REASONS).sort());
  for (const sentence of Object.values(messages)) expect(sentence).toMatch(/\{upstream, select, .*[。.]$/);
});
