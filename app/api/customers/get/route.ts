import { findCustomer } from "@/lib/customers";
import { findCustomerSchema } from "@/lib/customers/schemas";
import { definePostRoute } from "@/lib/web/route";

export const POST = definePostRoute({
  name: "customers.get",
  role: "support",
  input: findCustomerSchema,
  verb: findCustomer,
});
