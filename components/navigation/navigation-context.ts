import { createContext, use } from "react";

export type Navigation = {
  /** The path of the page that is on its way; null: none is. */
  coming: string | null;
  /** Say that the page is left for `href`. False, with a word to the user: there is no network, so stay. */
  leave: (href: string) => boolean;
};

export const NavigationContext = createContext<Navigation>({ coming: null, leave: () => true });

/** The path of the page that is on its way, from the click until it is there; null: none is. */
export const useComingPath = (): string | null => use(NavigationContext).coming;
