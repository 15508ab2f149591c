export * from "./audit";
export * from "./batches";
export * from "./billing";
export * from "./cards";
export * from "./health";
export * from "./limits";
export * from "./operations";
export * from "./users";
