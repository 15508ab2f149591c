import { expect, test } from "vitest";
import { readActionResult } from "./flight-response.ts";

test("reads what an action returned", () => {
  const body = `0:{"a":"$@1","f":"","q":"","i":false,"b":"abc"}\n1:{"ok":true,"data":{"state":"done","amount":3}}\n`;
  expect(readActionResult(body)).toEqual({ ok: true, data: { state: "done", amount: 3 } });
});

test("follows references, escapes and undefined", () => {
  const body = `0:{"a":"$@1"}\n2:{"code":"busy"}\n1:{"ok":false,"error":"$2","same":"$2:code","text":"$$5","none":"$undefined"}\n`;
  expect(readActionResult(body)).toEqual({ ok: false, error: { code: "busy" }, same: "busy", text: "$5" });
});

test("a page, a truncated answer and an empty answer have no result", () => {
  for (const body of ["", "<html></html>", "Server action not found.", `0:{"a":"$@1"}\n1:{"ok":tr`])
    expect(readActionResult(body)).toBeUndefined();
});
