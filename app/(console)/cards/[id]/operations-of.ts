/** The list input for a card's latest operations; equal on the server and in the browser. */
export const operationsOf = (cardId: string) => ({ cardId: cardId.slice(0, 64), page: 1, size: 20 }) as const;
