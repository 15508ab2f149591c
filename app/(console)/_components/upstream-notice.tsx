"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { loadWhenOnline } from "@/components/load-when-online";
import type { UpstreamStatus } from "@/lib/monitoring/types";
import { upstreamsQuery } from "./status-queries";

/** Seldom there, so no part of a page's first scripts. */
const UpstreamTrouble = dynamic(() =>
  loadWhenOnline(() => import("./upstream-trouble").then((module) => module.UpstreamTrouble)),
);

type Props = { upstream: UpstreamStatus["upstream"]; className?: string };

/** Shown while an upstream has trouble. Nothing while it works. */
export function UpstreamNotice({ upstream, className }: Props) {
  const { data } = useQuery(upstreamsQuery);
  const status = data?.find((each) => each.upstream === upstream);
  if (!status || status.state === "ok") return null;
  return <UpstreamTrouble status={{ ...status, state: status.state }} className={className} />;
}
