export * from "./audit";
export * from "./batches";
export * from "./billing";
export * from "./cards";
export * from "./health";
export * from "./operations";
export * from "./users";
