import { LazyModule } from "@/components/lazy-component";
import { loadWhenOnline } from "@/components/load-when-online";

/** Most sign-ins end with the password. */
export const signInSecondStep = new LazyModule(() =>
  loadWhenOnline(async () => (await import("./sign-in-second-step")).SignInSecondStep),
);
