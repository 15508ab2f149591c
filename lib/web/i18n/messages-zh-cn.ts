import alerts from "@/messages/zh-CN/alerts.json";
import approvals from "@/messages/zh-CN/approvals.json";
import audit from "@/messages/zh-CN/audit.json";
import auth from "@/messages/zh-CN/auth.json";
import billing from "@/messages/zh-CN/billing.json";
import cards from "@/messages/zh-CN/cards.json";
import customers from "@/messages/zh-CN/customers.json";
import destroy from "@/messages/zh-CN/destroy.json";
import errors from "@/messages/zh-CN/errors.json";
import health from "@/messages/zh-CN/health.json";
import keys from "@/messages/zh-CN/keys.json";
import lab from "@/messages/zh-CN/lab.json";
import operations from "@/messages/zh-CN/operations.json";
import overview from "@/messages/zh-CN/overview.json";
import paste from "@/messages/zh-CN/paste.json";
import settings from "@/messages/zh-CN/settings.json";
import shell from "@/messages/zh-CN/shell.json";
import terms from "@/messages/zh-CN/terms.json";
import timeline from "@/messages/zh-CN/timeline.json";
import transfer from "@/messages/zh-CN/transfer.json";
import types from "@/messages/zh-CN/types.json";
import ui from "@/messages/zh-CN/ui.json";
import upstream from "@/messages/zh-CN/upstream.json";
import users from "@/messages/zh-CN/users.json";

export const zhCN = {
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
