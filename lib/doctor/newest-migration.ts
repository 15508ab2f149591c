/** The newest migration of drizzle's journal, as it numbers them. Who asks reads the file: Node and Next import JSON differently. */
export const newestMigration = ({ entries }: { entries: readonly { when: number }[] }): number =>
  Math.max(...entries.map(({ when }) => when));
