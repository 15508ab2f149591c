/**
 * The `gcTime` of a query that is forgotten sooner than others. Only in the browser: where pages are rendered a cache ends
 * with its page, and a timer would keep all of the request in memory until then.
 */
export const forgetAfter = (ms: number): number => (typeof window === "undefined" ? Number.POSITIVE_INFINITY : ms);
