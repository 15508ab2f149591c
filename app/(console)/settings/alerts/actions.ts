"use server";

import { removeChannel, saveChannel, testChannel } from "@/lib/alerts";
import { channelSchema, saveChannelSchema } from "@/lib/alerts/schemas";
import { defineAction } from "@/lib/web/action";

export const saveChannelAction = defineAction({
  name: "alerts.saveChannel",
  role: "admin",
  input: saveChannelSchema,
  freshProof: true,
  verb: saveChannel,
});

export const removeChannelAction = defineAction({
  name: "alerts.removeChannel",
  role: "admin",
  input: channelSchema,
  freshProof: true,
  verb: removeChannel,
});

/** Its text is ours and its address was proved for: counted and audited, nobody is asked again. */
export const testChannelAction = defineAction({
  name: "alerts.testChannel",
  role: "admin",
  input: channelSchema,
  verb: ({ ctx, input }) => testChannel({ ctx, input }),
});
