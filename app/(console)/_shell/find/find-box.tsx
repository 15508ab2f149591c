import { Messages } from "@/components/messages";
import { FindInput } from "./find-input";

/** The one box that finds a card from anywhere in the console. */
export function FindBox() {
  return (
    <Messages namespaces={["cards"]}>
      <FindInput />
    </Messages>
  );
}
