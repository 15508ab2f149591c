/** The namespaces of every signed-in page, in one file for all of them; a page adds its own with `<Messages>`. */
export const commonNamespaces = ["ui", "shell", "errors", "upstream", "types", "cards"] as const;
