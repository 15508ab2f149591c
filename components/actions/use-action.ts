import { useCallback, useContext, useRef, useState } from "react";
import type { PublicError } from "@/lib/core/errors";
import type { Action } from "@/lib/web/action";
import { type ActionEffect, type CallResult, callAction } from "./call-action";
import { InvalidateContext } from "./invalidate-context";

type Options = {
  effect: ActionEffect;
  /** Read again after every call, refused and lost ones too: then it is the screen that may be out of date. */
  invalidates?: readonly (readonly unknown[])[];
};

export type ActionCall<T> = {
  /** Calls the action as {@link callAction} does, and ends when what it invalidates is read again. Never throws. */
  run: (input: unknown) => Promise<CallResult<T>>;
  pending: boolean;
  /** Of the latest call; cleared by the next. */
  error: PublicError | null;
  reset: () => void;
};

/** The one way to call a server action from the browser. `run` is stable as long as the options are. */
export function useAction<T>(action: Action<T>, { effect, invalidates }: Options): ActionCall<T> {
  const invalidate = useContext(InvalidateContext);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<PublicError | null>(null);
  const latest = useRef(0);

  const run = useCallback(
    async (input: unknown) => {
      latest.current += 1;
      const call = latest.current;
      setPending(true);
      setError(null);
      const result = await callAction(action, input, effect);
      if (!result.ok && call === latest.current) setError(result.error);
      const reread = invalidates && invalidate(invalidates);
      // Without a connection the read would not end either.
      if (result.ok || result.answered) await reread;
      if (call === latest.current) setPending(false);
      return result;
    },
    [action, effect, invalidates, invalidate],
  );
  const reset = useCallback(() => setError(null), []);
  return { run, pending, error, reset };
}
