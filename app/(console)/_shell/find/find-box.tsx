import { Messages } from "@/components/messages";
import { FindInput } from "./find-input";

/** Card search in the header of every page. */
export function FindBox() {
  return (
    <Messages namespaces={["cards"]}>
      <FindInput />
    </Messages>
  );
}
