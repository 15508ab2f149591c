import "server-only";
import { isIP } from "node:net";
import type { ChannelConfig } from "../schemas";
import { ChannelFault } from "./channel-fault";
import { before, DEADLINE_MS } from "./post-guarded";
import { isAllowed, type Resolve, resolvePublic } from "./resolve-public";
import type { Message } from "./robot-request";

type Mail = Extract<ChannelConfig, { kind: "email" }>;

/** Send by SMTP, to the address that was checked and under TLS unless the host was allowed. Throws {@link ChannelFault}. */
export async function sendMail(config: Mail, { id, text, madeAt }: Message, resolve?: Resolve): Promise<void> {
  const { host, port, security, user, password, from, to } = config;
  if (security === "none" && !isAllowed({ host, port })) throw new ChannelFault("private_address");
  const deadline = AbortSignal.timeout(DEADLINE_MS * 2);
  const [checked] = await before(deadline, resolvePublic({ host, port }, resolve));
  // Not before the first mail: a console that sends none would keep a megabyte of memory for it.
  const { createTransport } = await import("nodemailer");
  const transport = createTransport({
    host: checked?.address ?? host,
    port,
    secure: security === "tls",
    requireTLS: security === "starttls",
    ignoreTLS: security === "none",
    tls: isIP(host) ? {} : { servername: host },
    ...(user && { auth: { user, pass: password } }),
    connectionTimeout: DEADLINE_MS,
    greetingTimeout: DEADLINE_MS,
    socketTimeout: DEADLINE_MS,
    dnsTimeout: DEADLINE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const [subject = ""] = text.split("\n");
  const messageId = `<${id}@${from.split("@")[1]}>`;
  try {
    await before(deadline, transport.sendMail({ from, to, subject, text, messageId, date: madeAt }));
  } catch (error) {
    if (error instanceof ChannelFault) throw error;
    throw new ChannelFault("mail", error instanceof Error ? error.message : null, error);
  } finally {
    transport.close();
  }
}
