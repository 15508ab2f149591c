import alerts from "@/messages/en/alerts.json";
import approvals from "@/messages/en/approvals.json";
import audit from "@/messages/en/audit.json";
import auth from "@/messages/en/auth.json";
import billing from "@/messages/en/billing.json";
import cards from "@/messages/en/cards.json";
import customers from "@/messages/en/customers.json";
import destroy from "@/messages/en/destroy.json";
import errors from "@/messages/en/errors.json";
import health from "@/messages/en/health.json";
import keys from "@/messages/en/keys.json";
import lab from "@/messages/en/lab.json";
import operations from "@/messages/en/operations.json";
import overview from "@/messages/en/overview.json";
import paste from "@/messages/en/paste.json";
import settings from "@/messages/en/settings.json";
import shell from "@/messages/en/shell.json";
import terms from "@/messages/en/terms.json";
import timeline from "@/messages/en/timeline.json";
import transfer from "@/messages/en/transfer.json";
import types from "@/messages/en/types.json";
import ui from "@/messages/en/ui.json";
import upstream from "@/messages/en/upstream.json";
import users from "@/messages/en/users.json";

export const en = {
  ui,
  shell,
  errors,
  upstream,
  auth,
  cards,
  terms,
  timeline,
  customers,
  transfer,
  types,
  destroy,
  keys,
  billing,
  operations,
  alerts,
  approvals,
  audit,
  users,
  settings,
  overview,
  paste,
  health,
  lab,
};
