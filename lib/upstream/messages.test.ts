import { expect, test } from "vitest";
import enShell from "@/messages/en/shell.json";
import en from "@/messages/en/upstream.json";
import zhCNShell from "@/messages/zh-CN/shell.json";
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
  clock_skew: true,
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
  ["zh-CN", zhCN, zhCNShell],
  ["en", en, enShell],
])("%s has a sentence for every fault and refusal, about the upstream by its name", (_locale, messages, shell) => {
  expect(Object.keys(messages).sort()).toEqual(Object.keys(REASONS).sort());
  for (const sentence of Object.values(messages)) expect(sentence).toMatch(/^\{upstream\}.*[。.]$/);
  for (const [upstream, name] of Object.entries(shell.upstreams.names)) {
    expect(shell.upstreams.subject).toMatch(new RegExp(`\\b${upstream} \\{${name} ?\\}`));
  }
});
