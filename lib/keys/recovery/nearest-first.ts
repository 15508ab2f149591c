type Dated = { key: { createdAt: Date | null } };

/** Keys by how near to a chunk's call they were made; those without a date last. */
export function nearestFirst<T extends Dated>(candidates: readonly T[], { sentAt, endedAt }: Span): T[] {
  const distance = ({ key: { createdAt } }: T) => {
    if (!createdAt) return Number.POSITIVE_INFINITY;
    const made = createdAt.getTime();
    return Math.max(0, sentAt.getTime() - made, made - endedAt.getTime());
  };
  return candidates.toSorted((a, b) => distance(a) - distance(b));
}

type Span = { sentAt: Date; endedAt: Date };
