import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { parseEnv } from "@/lib/core/env";
import { sharedSlot } from "@/lib/core/shared-slot";
import { sendMessage } from "./send-message";

let server: SMTPServer;
let port: number;
let mails: { to: string[]; text: string; user: string | undefined; tls: boolean }[] = [];

beforeAll(async () => {
  server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    logger: false,
    onAuth: ({ username, password }, _session, done) =>
      password === "right horse" ? done(null, { user: username }) : done(new Error("no such user, right horse?")),
    onData: async (stream, session, done) => {
      const parts: Buffer[] = [];
      for await (const part of stream) parts.push(part);
      const to = session.envelope.rcptTo.map(({ address }) => address);
      mails.push({ to, text: Buffer.concat(parts).toString(), user: session.user, tls: session.secure });
      done();
    },
  });
  // A client that refuses the certificate is an error of the connection.
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.server.address() as AddressInfo).port;
});
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));
beforeEach(() => {
  mails = [];
  sharedSlot("env").value = parseEnv({ NODE_ENV: "test", ALERT_PRIVATE_HOSTS: "mail.example" });
});

const resolve = async () => [{ address: "127.0.0.1", family: 4 }];
const config = (changes: object = {}) => ({
  kind: "email" as const,
  host: "mail.example",
  port,
  security: "none" as const,
  user: "cardesk",
  password: "right horse",
  from: "cardesk@example.com",
  to: "ops@example.com",
  ...changes,
});
const message = {
  id: "m1",
  text: "Cardesk alert\nTalk-Bot 18.5",
  madeAt: new Date("2026-11-28T00:00:00Z"),
  now: new Date(),
};

test("a mail arrives, with its first line as its subject and one id through all its tries", async () => {
  await sendMessage(config(), message, resolve);
  await sendMessage(config({ user: "" }), message, resolve);
  expect(mails.map(({ to, user }) => ({ to, user }))).toEqual([
    { to: ["ops@example.com"], user: "cardesk" },
    { to: ["ops@example.com"], user: undefined },
  ]);
  for (const { text } of mails) {
    expect(text).toContain("Subject: Cardesk alert");
    expect(text).toContain("Message-ID: <m1@example.com>");
    expect(text).toContain("Talk-Bot 18.5");
  }
});

test("a wrong password is told, and not repeated", async () => {
  const refused = sendMessage(config({ password: "no such user" }), message, resolve);
  await expect(refused).rejects.toMatchObject({ key: "mail", details: expect.stringContaining("•••") });
  await expect(refused).rejects.not.toMatchObject({ details: expect.stringContaining("no such user") });
  expect(mails).toEqual([]);
});

test("a certificate nobody vouches for gets no mail and no password", async () => {
  const refused = sendMessage(config({ security: "starttls" }), message, resolve);
  await expect(refused).rejects.toMatchObject({ key: "mail" });
  expect(mails).toEqual([]);
});

test("without TLS only to a host that was allowed, and to no private one that was not", async () => {
  sharedSlot("env").value = parseEnv({ NODE_ENV: "test" });
  const unsafe = sendMessage(config(), message, async () => [{ address: "93.184.216.34", family: 4 }]);
  await expect(unsafe).rejects.toMatchObject({ key: "private_address" });
  const inside = sendMessage(config({ security: "tls" }), message, resolve);
  await expect(inside).rejects.toMatchObject({ key: "private_address" });
  expect(mails).toEqual([]);
});
