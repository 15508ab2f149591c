/** A customer's page. A user id comes from the upstream: it may have any characters. */
export const customerHref = (userId: string): string => `/customers/${encodeURIComponent(userId)}`;
