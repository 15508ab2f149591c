/** A value the whole process shares. */
type SharedSlot<T> = { value: T | undefined };

/**
 * One value per process, however many times the bundler evaluates the module that holds it. A slot is found by its name
 * on `globalThis` (`Symbol.for("cardesk.<name>")`), also by code that cannot import lib, as
 * server/launcher/console-server.ts.
 */
export function sharedSlot<T>(name: string): SharedSlot<T> {
  const key = Symbol.for(`cardesk.${name}`);
  const shared = globalThis as { [key: symbol]: T | undefined };
  return {
    get value() {
      return shared[key];
    },
    set value(value) {
      shared[key] = value;
    },
  };
}
