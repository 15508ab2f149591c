"use client";

import dynamic from "next/dynamic";

/** Notices weigh 9 kB and are never in the first picture. */
export const LazyToaster = dynamic(() => import("./toaster").then((module) => module.Toaster), { ssr: false });
