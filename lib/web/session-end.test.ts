import { expect, test, vi } from "vitest";
import { callAction } from "@/components/actions/call-action";
import { noteSessionEnd, onSessionEnd } from "./session-end";

const ended = { code: "not_signed_in", key: "not_signed_in" } as const;

test("an action refused because the session has ended is announced, and still refused", async () => {
  const listener = vi.fn();
  const stop = onSessionEnd(listener);
  const result = await callAction(async () => ({ ok: false, error: ended }), {}, "operation");
  stop();
  expect(result).toEqual({ ok: false, error: ended, answered: true });
  expect(listener).toHaveBeenCalledExactlyOnceWith("user");
});

test("a wrong password and other refusals are not", () => {
  const listener = vi.fn();
  const stop = onSessionEnd(listener);
  noteSessionEnd({ code: "not_signed_in", key: "wrong_sign_in" }, "user");
  noteSessionEnd({ code: "forbidden", key: "forbidden" }, "poll");
  stop();
  noteSessionEnd(ended, "poll");
  expect(listener).not.toHaveBeenCalled();
});
