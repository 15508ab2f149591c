import type { ReactNode } from "react";
import "./floor.css";

export const metadata = { title: "Floor" };

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="zh-CN">
      <body>{children}</body>
    </html>
  );
}
