"use client";

// Here again, so that the frame around a broken page stays: the way to every other room.
export { default } from "../error";
