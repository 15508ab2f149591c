"use server";

import { addFault, removeFaults, runScenario, setConsumer, setLatency } from "@/lib/fault-lab";
import {
  addFaultSchema,
  removeFaultsSchema,
  runScenarioSchema,
  setConsumerSchema,
  setLatencySchema,
} from "@/lib/fault-lab/schemas";
import { defineAction } from "@/lib/web/action";

export const addFaultAction = defineAction({
  name: "fault-lab.addFault",
  role: "admin",
  input: addFaultSchema,
  verb: addFault,
});

export const removeFaultsAction = defineAction({
  name: "fault-lab.removeFaults",
  role: "admin",
  input: removeFaultsSchema,
  verb: removeFaults,
});

export const runScenarioAction = defineAction({
  name: "fault-lab.runScenario",
  role: "admin",
  input: runScenarioSchema,
  verb: runScenario,
});

export const setLatencyAction = defineAction({
  name: "fault-lab.setLatency",
  role: "admin",
  input: setLatencySchema,
  verb: setLatency,
});

export const setConsumerAction = defineAction({
  name: "fault-lab.setConsumer",
  role: "admin",
  input: setConsumerSchema,
  verb: setConsumer,
});
