import { type ComponentType, useEffect, useState } from "react";

/** A component's code, loaded when needed or shortly before. */
export class LazyModule<P extends object> {
  readonly #load: () => Promise<ComponentType<P>>;
  component: ComponentType<P> | null = null;

  constructor(load: () => Promise<ComponentType<P>>) {
    this.#load = load;
  }

  async fetch(): Promise<void> {
    this.component ??= await this.#load();
  }

  /** A failure is ignored: loading is tried again when the component is shown. */
  preload(): void {
    void this.fetch().catch(() => undefined);
  }
}

/**
 * For UI opened on click, such as dialogs: a component whose code is loaded on demand, in the browser only. Unlike
 * `lazy` and next/dynamic it renders at once if the code is loaded; with those React delays by 300 ms.
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
