import { createContext } from "react";

/** Query keys whose data is read again; a key stands for all that start with it. */
export type Invalidate = (queryKeys: readonly (readonly unknown[])[]) => Promise<unknown>;

/** How to have queries read again. Pages without a query cache (sign-in) have nothing to invalidate. */
export const InvalidateContext = createContext<Invalidate>(() => Promise.resolve());
