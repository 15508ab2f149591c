import "server-only";
import { generateKind } from "@/lib/keys";
import { destroyKind, type Kinds, transferKind } from "@/lib/operations";

/** Every kind of operation, for the engine's verbs that meet all of them: list, get, reconcile, settle. */
export const operationKinds: Kinds = { transfer: transferKind, destroy: destroyKind, generate: generateKind };
