import { createContext } from "react";

/** True around a dialog that is drawn and not yet shown: when it is, nothing but itself is drawn anew. */
export const DialogPrepared = createContext(false);
