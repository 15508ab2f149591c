/** Of the kept backups only, whose rows are invented: they open nothing else. */
export const RELEASE_APP_KEYS = `k1:${Buffer.alloc(32, 11).toString("base64")}`;
