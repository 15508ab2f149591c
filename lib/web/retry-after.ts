/** What a 503 says in its Retry-After header. */
export const RETRY_AFTER_SECONDS = "5";
