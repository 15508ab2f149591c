/** Says on a read whose page it is for: the id of who is signed in there. */
export const PAGE_USER_HEADER = "x-cardesk-page-user";

let user: string | null = null;

/**
 * Whose page this is. Somebody else may sign in in another tab, and nothing that was pressed or read here is to be done as
 * them: every call says whom it is for, and the server refuses it to anybody else.
 */
export const pageUser = (): string | null => user;

export function setPageUser(id: string | null): void {
  user = id;
}

export const pageUserHeader = (): Record<string, string> => (user === null ? {} : { [PAGE_USER_HEADER]: user });
