// exp, nbf and iat: RFC 7519 sections 4.1.4 to 4.1.6, with 60 seconds of leeway.
#include "mint/token/plan.h"

namespace tee::mint::token {

namespace {

Time expiry(const Plan& p) { return unix_time(p.claims["exp"].get<std::int64_t>()); }

Row with_claim(std::string_view name, std::string_view what, const char* claim, Json value,
               std::string code) {
  return {name, what, [claim, value = std::move(value), code = std::move(code)](Plan& p) {
            p.claims[claim] = value;
            p.fails(code);
          }};
}

std::vector<Row> build() {
  return {
      {"good-last-second-of-leeway", "judged 59 seconds after exp",
       [](Plan& p) { p.at = expiry(p) + Seconds(59); }},
      {"bad-expired", "judged 60 seconds after exp",
       [](Plan& p) {
         p.at = expiry(p) + Seconds(60);
         p.fails("token.expired");
       }},
      {"good-first-second-of-leeway", "judged 60 seconds before nbf",
       [](Plan& p) { p.at = unix_time(kIssued) - Seconds(60); }},
      {"bad-early", "judged 61 seconds before nbf",
       [](Plan& p) {
         p.at = unix_time(kIssued) - Seconds(61);
         p.fails("token.not_yet_valid");
       }},
      {"bad-exp-absent", "there is no exp",
       [](Plan& p) {
         p.claims.erase("exp");
         p.fails("token.time_malformed");
       }},
      with_claim("bad-exp-text", "exp is a text", "exp", std::to_string(kIssued + 3600),
                 "token.time_malformed"),
      with_claim("bad-exp-negative", "exp is negative", "exp", -1, "token.time_malformed"),
      with_claim("bad-exp-huge", "exp is above 2^53", "exp", std::uint64_t{9007199254740994},
                 "token.time_malformed"),
      with_claim("bad-iat-future", "iat lies two minutes ahead", "iat", kIssued + 60 + 120,
                 "freshness.future"),
      with_claim("bad-nbf-null", "nbf is null", "nbf", nullptr, "token.time_malformed"),
      {"good-exp-decimal", "exp is a decimal",
       [](Plan& p) { p.claims["exp"] = p.claims["exp"].get<double>() + 0.5; }},
  };
}

}  // namespace

std::span<const Row> time_rows() {
  static const std::vector<Row> rows = build();
  return rows;
}

}  // namespace tee::mint::token
