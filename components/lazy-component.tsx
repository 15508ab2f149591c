import { type ComponentType, useEffect, useState } from "react";

/** A component's code, fetched when it is needed or a little before. */
export class LazyModule<P extends object> {
  readonly #load: () => Promise<ComponentType<P>>;
  component: ComponentType<P> | null = null;

  constructor(load: () => Promise<ComponentType<P>>) {
    this.#load = load;
  }

  async fetch(): Promise<void> {
    this.component ??= await this.#load();
  }

  /** Failing here is no harm: it is tried again when the component is shown. */
  preload(): void {
    void this.fetch().catch(() => undefined);
  }
}

/**
 * A component whose code comes on demand, in the browser only. Unlike `lazy` and next/dynamic, one whose code is there
 * shows at once: React holds back by 300 ms what it had to wait for. For what opens on a press, such as dialogs.
 */
export function LazyComponent<P extends object>({ module, props }: { module: LazyModule<P>; props: P }) {
  const [ready, setReady] = useState(module.component !== null);
  const [failure, setFailure] = useState<{ error: unknown } | null>(null);
  useEffect(() => {
    if (ready) return;
    module.fetch().then(
      () => setReady(true),
      (error: unknown) => setFailure({ error }),
    );
  }, [module, ready]);
  if (failure) throw failure.error;
  const Component = ready ? module.component : null;
  return Component && <Component {...props} />;
}
