/**
 * Load a part of the page's code; without a network, again as soon as there is one. A part that can't be fetched then must
 * not take the whole page down. Any other failure is thrown.
 */
export async function loadWhenOnline<T>(load: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await load();
    } catch (error) {
      if (typeof window === "undefined" || navigator.onLine) throw error;
      await new Promise((resolve) => window.addEventListener("online", resolve, { once: true }));
    }
  }
}
