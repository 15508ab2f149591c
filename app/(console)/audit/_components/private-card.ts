import { type Private, privateStore } from "@/components/private-store";

export type PrivateCard = Private<{ card: string }>;

/** The phone, code or id of a card that the audit is searched for. */
export const privateCard = privateStore<{ card: string }>({
  prefix: "cardesk.audit.",
  empty: { card: "" },
  write: ({ card }) => card,
  read: (card) => ({ card }),
});
