import { privateStore } from "@/components/private-store";

/** What operations are searched for: it may be a phone, a code or a customer's name. */
export const privateText = privateStore<{ text: string }>({
  prefix: "cardesk.operations.",
  empty: { text: "" },
  write: ({ text }) => text,
  read: (text) => ({ text }),
});
