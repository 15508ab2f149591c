/** What is started: the demo with built pages, production, or the demo with hot reload. */
export type Mode = "demo" | "start" | "dev";
