import { afterEach, describe, expect, test, vi } from "vitest";
import { fetchFile } from "./download-post";
import { onProofRequired } from "./fresh-proof";

const wanted = { code: "proof_required", key: "proof_required", params: { by: "password" } };
const refusal = () => Response.json({ error: wanted }, { status: 403 });

let remove = () => {};
afterEach(() => {
  remove();
  vi.unstubAllGlobals();
});

const answering = (...answers: (() => Response)[]) => {
  const fetch = vi.fn(async () => (answers.shift() ?? refusal)());
  vi.stubGlobal("fetch", fetch);
  return fetch;
};

describe("a file whose route wants a fresh proof", () => {
  test("is fetched again, by the same request, after it", async () => {
    remove = onProofRequired(async () => true);
    const fetch = answering(refusal, () => new Response("the file"));
    const fetched = await fetchFile("/api/keys/export", { batchId: "b" });
    expect(fetched.ok && (await fetched.response.text())).toBe("the file");
    expect(fetch).toHaveBeenCalledTimes(2);
    expect(fetch.mock.calls[0]).toEqual(fetch.mock.calls[1]);
  });

  test("is not fetched when the user would rather not", async () => {
    remove = onProofRequired(async () => false);
    const fetch = answering(refusal);
    expect(await fetchFile("/api/keys/export", {})).toEqual({ ok: false, error: wanted });
    expect(fetch).toHaveBeenCalledOnce();
  });
});

test("without a connection it says so", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
  const error = { code: "unavailable", key: "no_connection" };
  expect(await fetchFile("/api/keys/export", {})).toEqual({ ok: false, error });
});
