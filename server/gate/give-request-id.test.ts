import type { IncomingMessage, ServerResponse } from "node:http";
import { expect, test } from "vitest";
import { giveRequestId } from "./give-request-id";

test("every request gets an id of ours, in the answer too; what the caller claims is dropped", () => {
  const claimed = {
    "x-request-id": "theirs",
    traceparent: "00-a-b-01",
    tracestate: "a",
    baggage: "phone=1",
    accept: "*/*",
  };
  const request = { headers: { ...claimed } } as unknown as IncomingMessage;
  const set = new Map<string, string>();
  const response = { setHeader: (name: string, value: string) => set.set(name, value) } as unknown as ServerResponse;
  const id = giveRequestId(request, response);
  expect(id).toMatch(/^[0-9a-f]{12}$/);
  expect(set.get("x-request-id")).toBe(id);
  expect(request.headers).toEqual({ accept: "*/*" });
  expect(giveRequestId(request, response)).not.toBe(id);
});
