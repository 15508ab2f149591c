import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Textarea } from "./textarea";

test("an empty text area is as high as its rows, though it grows with its text", () => {
  expect(renderToStaticMarkup(<Textarea rows={2} />)).toContain("min-height:calc(2lh + 14px)");
  expect(renderToStaticMarkup(<Textarea />)).toContain("min-height:calc(3lh + 14px)");
});
