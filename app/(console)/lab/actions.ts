"use server";

import { defineAction } from "@/lib/action";
import { addFault } from "@/lib/lab/add-fault";
import { removeFaults } from "@/lib/lab/remove-faults";
import { runPreset } from "@/lib/lab/run-preset";
import {
  addFaultSchema,
  removeFaultsSchema,
  runPresetSchema,
  setConsumerSchema,
  setLatencySchema,
} from "@/lib/lab/schemas";
import { setConsumer } from "@/lib/lab/set-consumer";
import { setLatency } from "@/lib/lab/set-latency";

export const addFaultAction = defineAction({
  name: "lab.addFault",
  role: "admin",
  input: addFaultSchema,
  verb: addFault,
});

export const removeFaultsAction = defineAction({
  name: "lab.removeFaults",
  role: "admin",
  input: removeFaultsSchema,
  verb: removeFaults,
});

export const runPresetAction = defineAction({
  name: "lab.runPreset",
  role: "admin",
  input: runPresetSchema,
  verb: runPreset,
});

export const setLatencyAction = defineAction({
  name: "lab.setLatency",
  role: "admin",
  input: setLatencySchema,
  verb: setLatency,
});

export const setConsumerAction = defineAction({
  name: "lab.setConsumer",
  role: "admin",
  input: setConsumerSchema,
  verb: setConsumer,
});
