import Link from "next/link";

/** Tags, each a link to the cards that have it. */
export const TagLinks = ({ tags }: { tags: readonly string[] }) =>
  tags.map((tag) => (
    <Link
      key={tag}
      href={`/cards?tag=${encodeURIComponent(tag)}`}
      prefetch={false}
      className="inline-flex h-6 max-w-full items-center rounded-sm bg-sunken px-1.5 text-sm text-soft hover:text-text hover:underline"
    >
      <bdi className="truncate">{tag}</bdi>
    </Link>
  ));
