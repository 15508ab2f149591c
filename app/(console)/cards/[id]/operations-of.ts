/** What to ask for a card's latest operations; the same object on the server and in the browser. */
export const operationsOf = (cardId: string) => ({ cardId: cardId.slice(0, 64), page: 1, size: 20 }) as const;
