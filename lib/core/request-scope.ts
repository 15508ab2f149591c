import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import { sharedSlot } from "./shared-slot";

const slot = sharedSlot<AsyncLocalStorage<string>>("request-scope");

/** Short enough to read out on the phone. */
export const newRequestId = (): string => randomUUID().replaceAll("-", "").slice(0, 12);

/** Do something under a request id: everything it waits for, and every line it logs, has that id. */
export function withRequestId<T>(id: string, work: () => T): T {
  slot.value ??= new AsyncLocalStorage();
  return slot.value.run(id, work);
}

/** The id of the request or the job this is done for; undefined outside of one. */
export const scopedRequestId = (): string | undefined => slot.value?.getStore();

/** The same, or a new one. */
export const requestIdNow = (): string => scopedRequestId() ?? newRequestId();
