import "server-only";

const parts = (text: string): [tag: string, key: string][] =>
  text.split(",").map((part) => {
    const [tag = "", ...key] = part.split(":");
    return [tag, key.join(":")];
  });

/** Whether APP_KEYS is a list of `tag:base64`, each of at least 32 bytes. Both alphabets of base64 count. */
export const areKeyMaterial = (text: string): boolean =>
  parts(text).every(
    ([tag, key]) =>
      /^[\w-]{1,64}$/.test(tag) && /^([A-Za-z0-9+/]+|[A-Za-z0-9_-]+)={0,2}$/.test(key) && bytesOf(key) >= 32,
  );

/** Whether each key has a tag of its own: a sealed key says by it which one opens it. */
export const areTagsDistinct = (text: string): boolean => {
  const tags = parts(text).map(([tag]) => tag);
  return new Set(tags).size === tags.length;
};

/** How many bytes stand in base64 text; 0 if it is cut off, so that its length fits no number of bytes. */
function bytesOf(key: string): number {
  const digits = key.replace(/=+$/, "");
  const padding = key.length - digits.length;
  if (digits.length % 4 === 1 || (padding > 0 && key.length % 4 !== 0)) return 0;
  return Buffer.from(digits, "base64").length;
}
