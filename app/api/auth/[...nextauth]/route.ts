import { handlers } from "@/lib/web/auth/next-auth";

export const { GET, POST } = handlers;
