export { SECOND_FACTOR_POLICIES, type SecondFactorPolicy } from "./second-factor/required-for";
