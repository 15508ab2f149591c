import "server-only";
import { openText, sealText } from "@/lib/core/app-keys";
import { alertChannelContext } from "@/lib/core/sealing";
import { type ChannelConfig, channelConfigSchema } from "../schemas";
import { ChannelFault } from "./channel-fault";

/** Seal where a channel sends, bound to it. Throws AppError "not_configured" without APP_KEYS. */
export const sealChannel = (channelId: string, config: ChannelConfig): Buffer =>
  sealText(JSON.stringify(config), alertChannelContext(channelId));

/** Undo {@link sealChannel}. Throws {@link ChannelFault} "unreadable" when its app key is gone. */
export function openChannel(channelId: string, sealed: Buffer): ChannelConfig {
  try {
    return channelConfigSchema.parse(JSON.parse(openText(sealed, alertChannelContext(channelId))));
  } catch (cause) {
    throw new ChannelFault("unreadable", null, cause);
  }
}

/** What may be seen of an address: the host alone, and of a mailbox its first letter and domain. */
export function shownAddress(config: ChannelConfig): string {
  if (config.kind !== "email") return `${new URL(config.url).host}/•••`;
  const [name = "", domain = ""] = config.to.split("@");
  return `${name.slice(0, 1)}•••@${domain} (${config.host}:${config.port})`;
}
