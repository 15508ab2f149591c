"use server";

import { addFault, removeFaults, runScenario, setConsumer, setLatency } from "@/lib/fault-lab";
import {
  addFaultSchema,
  removeFaultsSchema,
  runPresetSchema,
  setConsumerSchema,
  setLatencySchema,
} from "@/lib/fault-lab/schemas";
import { defineAction } from "@/lib/web/action";

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
  name: "lab.runScenario",
  role: "admin",
  input: runPresetSchema,
  verb: runScenario,
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
