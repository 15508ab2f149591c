/** The first part of every query key. What starts with it is invalidated together. */
export const queryKeys = {
  account: ["account"],
  /** The number of those that wait for the reader is among them. */
  approvals: ["approvals"],
  audit: ["audit"],
  batches: ["batches"],
  billing: ["billing"],
  cards: ["cards"],
  cardViews: ["card-views"],
  faultLab: ["fault-lab"],
  /** The number of one's own that are due is among them. */
  followUps: ["follow-ups"],
  health: ["health"],
  incident: ["incident"],
  /** The number of unknown outcomes is among them, so that a confirmation refreshes it at once. */
  operations: ["operations"],
  overview: ["overview"],
  /** What a paste was looked up as; asked again by hand only, for each time counts and is audited. */
  paste: ["paste"],
  upstreams: ["upstreams"],
  users: ["users"],
} as const;

/** Under `cards`: the state of the sync, which has its own pace. */
export const syncKey = [...queryKeys.cards, "sync"] as const;

/** Under `cards`: customers are their cards, and what changes a card changes them. */
export const customersKey = [...queryKeys.cards, "customer"] as const;

/** Under `cards`: what became of cards. A sync, an operation or a reading makes it new. */
export const historyKey = [...queryKeys.cards, "history"] as const;

/** All card queries but the sync's state: after a sync, or when locks may have changed. */
export const cardsExceptSync = {
  queryKey: queryKeys.cards,
  predicate: ({ queryKey }: { queryKey: readonly unknown[] }) => queryKey[1] !== syncKey[1],
};
