"use client";

import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { loadWhenOnline } from "@/components/load-when-online";
import { onProofRequired } from "@/lib/web/fresh-proof";

const ProveDialog = dynamic(() => loadWhenOnline(() => import("./prove-dialog").then((module) => module.ProveDialog)));

/** Asks who the user is, over whatever is open, when a call of theirs wants a fresh proof. Its dialog loads when asked. */
export function ProveIdentity({ username }: { username: string }) {
  const [answer, setAnswer] = useState<{ give: (proved: boolean) => void } | null>(null);

  useEffect(() => {
    let giveUp = () => {};
    const remove = onProofRequired(
      () =>
        new Promise((resolve) => {
          giveUp = () => resolve(false);
          setAnswer({
            give: (proved) => {
              setAnswer(null);
              resolve(proved);
            },
          });
        }),
    );
    return () => {
      remove();
      giveUp();
    };
  }, []);

  return answer && <ProveDialog username={username} onEnd={answer.give} />;
}
