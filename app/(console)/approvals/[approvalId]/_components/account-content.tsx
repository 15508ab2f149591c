import { useTranslations } from "next-intl";
import { DescriptionList } from "@/components/ui/description-list";
import type { ApprovalAccount, ApprovalDetail } from "@/lib/approvals";

/** Whose account is reset, and how they sign in before → after. */
export function AccountContent({ approval, account }: { approval: ApprovalDetail; account: ApprovalAccount }) {
  const t = useTranslations("approvals.detail");
  const role = useTranslations("users.role");
  const { username: name } = account;
  const secondFactor = String(approval.hasSecondFactor);
  const isPassword = approval.kind === "password_reset";
  return (
    <DescriptionList
      items={[
        {
          label: t("account"),
          value: (
            <>
              <bdi>{name}</bdi> <span className="text-soft">({role(account.role)})</span>
            </>
          ),
        },
        { label: t("before"), value: isPassword ? t("passwordBefore", { secondFactor }) : t("secondFactorBefore") },
        {
          label: t("after"),
          value: isPassword
            ? t("passwordAfter", { name, requester: approval.requestedByName, secondFactor })
            : t("secondFactorAfter"),
        },
      ]}
    />
  );
}
