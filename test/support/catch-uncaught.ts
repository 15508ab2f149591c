/** Record the errors nobody handled in this process from now on; `stop` returns them. */
export function catchUncaught(): { stop: () => unknown[] } {
  const uncaught: unknown[] = [];
  const add = (error: unknown) => void uncaught.push(error);
  const events = ["uncaughtException", "unhandledRejection"] as const;
  for (const event of events) process.on(event, add);
  return {
    stop: () => {
      for (const event of events) process.off(event, add);
      return uncaught;
    },
  };
}
