"use server";

import { addFault } from "@/lib/fault-lab/add-fault";
import { removeFaults } from "@/lib/fault-lab/remove-faults";
import { runScenario } from "@/lib/fault-lab/run-scenario";
import {
  addFaultSchema,
  removeFaultsSchema,
  runPresetSchema,
  setConsumerSchema,
  setLatencySchema,
} from "@/lib/fault-lab/schemas";
import { setConsumer } from "@/lib/fault-lab/set-consumer";
import { setLatency } from "@/lib/fault-lab/set-latency";
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
