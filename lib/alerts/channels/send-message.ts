import "server-only";
import { printable } from "@/lib/format/printable";
import type { ChannelConfig } from "../schemas";
import { ChannelFault } from "./channel-fault";
import { postGuarded } from "./post-guarded";
import type { Resolve } from "./resolve-public";
import { type Message, readVerdict, robotRequest } from "./robot-request";
import { sendMail } from "./send-mail";

const MOST_DETAILS = 200;

/** Bring one message to one channel. Throws {@link ChannelFault}, whose details have nothing of the channel's secrets. */
export async function sendMessage(config: ChannelConfig, message: Message, resolve?: Resolve): Promise<void> {
  try {
    if (config.kind === "email") return await sendMail(config, message, resolve);
    readVerdict(config.kind, await postGuarded(robotRequest(config, message), resolve));
  } catch (error) {
    if (!(error instanceof ChannelFault)) throw error;
    throw new ChannelFault(error.key, error.details && withoutSecrets(error.details, config), error);
  }
}

/** A receiver may repeat what it was sent: an address, a token, a password. */
function withoutSecrets(details: string, config: ChannelConfig): string {
  const secrets =
    config.kind === "email"
      ? [config.password, config.user, config.to, config.from]
      : [config.url, "secret" in config ? config.secret : "", ...partsOf(config.url)];
  const bare = secrets
    .filter((secret) => secret.length > 3)
    .toSorted((a, b) => b.length - a.length)
    .reduce((text, secret) => text.replaceAll(secret, "•••"), details);
  return printable(bare).slice(0, MOST_DETAILS);
}

/** Robots have their token in the path or the query. */
function partsOf(url: string): string[] {
  const { pathname, searchParams } = new URL(url);
  return [...pathname.split("/").filter((part) => part.length > 15), ...searchParams.values()];
}
