import { expect, test } from "vitest";
import { describeAgent } from "./describe-agent";

const webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";

test.each([
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/150.0.0.0 Safari/537.36`, "Chrome · Windows"],
  [`Mozilla/5.0 (Windows NT 10.0) ${webkit} Chrome/150.0.0.0 Safari/537.36 Edg/150.0`, "Edge · Windows"],
  ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox · Linux"],
  ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605 Version/19.0 Safari/605.1.15", "Safari · macOS"],
  [`Mozilla/5.0 (Linux; Android 16) ${webkit} Chrome/150.0 Mobile MicroMessenger/8.0.60`, "WeChat · Android"],
  ["curl/8.9.0", null],
  [null, null],
])("%s is %s", (agent, said) => {
  expect(describeAgent(agent)).toBe(said);
});
