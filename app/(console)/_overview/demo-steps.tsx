"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useLayoutEffect, useState } from "react";
import { Panel } from "@/components/panel";
import { keepFlag, readFlag } from "@/components/stored-flag";
import { Button } from "@/components/ui/button/button";

const KEY = "cardesk.demo.steps";
const UPSTREAMS = ["espai", "potato", "talkbot"] as const;

/** `href`: where a step begins, for who may take it. */
type Props = { steps: readonly { id: "find" | "transfer" | "fault"; href: string | null }[] };

/** The demo only: three things to try, and what the upstreams are. Put away in this browser, it stays away. */
export function DemoSteps({ steps }: Props) {
  const t = useTranslations("overview.demo");
  const [away, setAway] = useState(false);
  useLayoutEffect(() => setAway(readFlag(KEY)), []);
  if (away) return null;
  const putAway = () => {
    keepFlag(KEY, true);
    setAway(true);
  };
  return (
    <Panel
      className="mb-4"
      title={t("title")}
      actions={
        <Button size="sm" variant="ghost" onClick={putAway}>
          {t("away")}
        </Button>
      }
    >
      <ol className="grid gap-3 md:grid-cols-3">
        {steps.map(({ id, href }, at) => (
          <li key={id} className="min-w-0">
            <p className="font-medium">
              {at + 1}.{" "}
              {href ? (
                <Link href={href} prefetch={false} className="text-accent hover:underline">
                  {t(`${id}.title`)}
                </Link>
              ) : (
                t(`${id}.title`)
              )}
            </p>
            <p className="text-soft text-sm">{t(`${id}.text`)}</p>
          </li>
        ))}
      </ol>
      <dl className="mt-3 grid gap-x-3 gap-y-1 border-line border-t pt-3 text-sm sm:grid-cols-[auto_1fr]">
        {UPSTREAMS.map((name) => (
          <div key={name} className="contents">
            <dt className="font-medium">{t(`upstream.${name}.name`)}</dt>
            <dd className="text-soft">{t(`upstream.${name}.text`)}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
