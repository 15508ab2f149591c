import { beforeEach, expect, test, vi } from "vitest";
import { AppError } from "@/lib/core/errors";
import { SecondFactorNeeded } from "@/lib/users";
import { startSession } from "./start-session";

const state = vi.hoisted(() => ({ refusal: null as AppError | null, tickets: [] as string[] }));
vi.mock("./next-auth", () => ({
  signIn: async () => {
    if (state.refusal) throw state.refusal;
  },
  refusalOf: (error: unknown) => error,
}));
vi.mock("./ticket-cookie", () => ({ setTicketCookie: async (token: string) => state.tickets.push(token) }));

beforeEach(() => {
  state.refusal = null;
  state.tickets = [];
});
const start = () => startSession({ input: { username: "x", password: "y", callbackUrl: "/cards" } });

test("without a second factor the answer is where to go", async () => {
  expect(await start()).toEqual({ path: "/cards" });
  expect(state.tickets).toEqual([]);
});

test("with one it is what can be shown; the ticket goes into the cookie alone", async () => {
  state.refusal = new SecondFactorNeeded("the token", { code: true, passkey: false });
  expect(await start()).toEqual({ secondFactor: { code: true, passkey: false } });
  expect(state.tickets).toEqual(["the token"]);
});

test("any other refusal is thrown on", async () => {
  state.refusal = new AppError("not_signed_in", "wrong_sign_in");
  await expect(start()).rejects.toMatchObject({ key: "wrong_sign_in" });
});
