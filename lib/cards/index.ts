/**
 * Quota cards: the mirror, lists, search, export, rules. The door for server code; the browser uses types.ts and
 * schemas.ts.
 */
import "server-only";

export { exportCards } from "./export/export-cards";
export type { CardExportLabels } from "./export/write-card-file";
export { getCard } from "./get-card";
export { endedCards } from "./history/ended-cards";
export { lockCardRows } from "./history/lock-card-rows";
export { type CardChange, openChange, type StoredChange } from "./history/open-change";
export { pruneHistory } from "./history/prune-history";
export { type DailyUse, readDailyUse } from "./history/read-daily-use";
export { recordDestroyed } from "./history/record-destroyed";
export { recordOwnStep } from "./history/record-own-step";
export { isUnsealedEvent, sealStoredEvents } from "./history/seal-stored-events";
export { termOf } from "./list/allow-search";
export { CARD_COLUMNS, LOCKED, type RawRow, toRow } from "./list/card-row";
export { spellings } from "./list/card-ways";
export { findCards } from "./list/find-cards";
export { findCustomers } from "./list/find-customers";
export { isMaskedFor } from "./list/is-masked-for";
export { listCardIds } from "./list/list-card-ids";
export { listCards } from "./list/list-cards";
export { type CardMatches, type MatchedCard, matchCards } from "./list/match-cards";
export { cardFacets } from "./list/read-card-facets";
export { readCardUse } from "./list/read-card-use";
export { summarizeCards } from "./list/summarize-cards";
export { lookUpCard } from "./look-up-card";
export { isInFullListing } from "./mirror/is-in-full-listing";
export { readCardsLive } from "./mirror/read-cards-live";
export { readSyncStatus, type SyncStatus } from "./mirror/read-sync-status";
export { requestSync } from "./mirror/request-sync";
export { rereadCard } from "./mirror/reread-card";
export { syncCards } from "./mirror/sync-cards";
export { vacuumMirror } from "./mirror/vacuum-mirror";
export { fillNameTerms } from "./names/fill-name-terms";
export { readCardsPage } from "./read-cards-page";
export { revealCard } from "./reveal-card";
export { addTag } from "./tags/add-tag";
export { listTags } from "./tags/list-tags";
export { readTags, tagsOf } from "./tags/read-tags";
export { removeTag } from "./tags/remove-tag";
export { deleteView } from "./views/delete-view";
export { listViews } from "./views/list-views";
export { saveView } from "./views/save-view";
export { setDefaultView } from "./views/set-default-view";
