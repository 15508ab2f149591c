import { afterEach, describe, expect, test, vi } from "vitest";
import type { PublicError } from "@/lib/core/errors";
import { onProofRequired, type WantedProof, withFreshProof } from "./fresh-proof";

const wanted: PublicError = { code: "proof_required", key: "proof_required", params: { by: "password" } };
type Result = { error: PublicError | null };
const errorOf = ({ error }: Result) => error;
const done: Result = { error: null };

let remove = () => {};
afterEach(() => remove());
const ask = (answer: boolean) => {
  const asked = vi.fn(async (_: WantedProof) => answer);
  remove = onProofRequired(asked);
  return asked;
};

test("a call that needs no proof is made once, and nobody is asked", async () => {
  const asked = ask(true);
  const call = vi.fn(async () => done);
  expect(await withFreshProof(call, errorOf)).toBe(done);
  expect(call).toHaveBeenCalledOnce();
  expect(asked).not.toHaveBeenCalled();
});

test("any other refusal is nobody's to prove", async () => {
  const asked = ask(true);
  const refused: Result = { error: { code: "forbidden", key: "forbidden" } };
  expect(await withFreshProof(async () => refused, errorOf)).toBe(refused);
  expect(asked).not.toHaveBeenCalled();
});

describe("a call refused for want of a proof", () => {
  test("is made once more after it", async () => {
    const asked = ask(true);
    const call = vi.fn<() => Promise<Result>>().mockResolvedValueOnce({ error: wanted }).mockResolvedValueOnce(done);
    expect(await withFreshProof(call, errorOf)).toBe(done);
    expect(call).toHaveBeenCalledTimes(2);
    expect(asked.mock.calls).toEqual([[{ by: "password" }]]);
  });

  test("is not made again when the user would rather not", async () => {
    ask(false);
    const call = vi.fn(async (): Promise<Result> => ({ error: wanted }));
    expect(await withFreshProof(call, errorOf)).toEqual({ error: wanted });
    expect(call).toHaveBeenCalledOnce();
  });

  test("is not made a third time", async () => {
    const asked = ask(true);
    const call = vi.fn(async (): Promise<Result> => ({ error: wanted }));
    expect(await withFreshProof(call, errorOf)).toEqual({ error: wanted });
    expect(call).toHaveBeenCalledTimes(2);
    expect(asked).toHaveBeenCalledOnce();
  });

  test("keeps its refusal on a page that can't ask", async () => {
    expect(await withFreshProof(async (): Promise<Result> => ({ error: wanted }), errorOf)).toEqual({ error: wanted });
  });

  test("two at once are asked about once", async () => {
    const asked = ask(true);
    const calls = [1, 2].map(() =>
      vi.fn<() => Promise<Result>>().mockResolvedValueOnce({ error: wanted }).mockResolvedValueOnce(done),
    );
    expect(await Promise.all(calls.map((call) => withFreshProof(call, errorOf)))).toEqual([done, done]);
    expect(asked).toHaveBeenCalledOnce();
  });
});
