/** On a read that a person caused, or that a page made while a person used it. */
export const USED_HEADER = "x-cardesk-used";
