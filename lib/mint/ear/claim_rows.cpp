// Results that say no, that say less than they seem to, or that break the rules of draft-ietf-rats-ear.
#include "mint/ear/plans.h"

namespace tee::mint::ear {

namespace {

using token::Plan;
using token::Row;

Row fails(std::string_view name, std::string_view what, std::string code, std::function<void(Plan&)> change) {
  return {name, what, [code = std::move(code), change = std::move(change)](Plan& p) {
            change(p);
            p.fails(code);
          }};
}
Row malformed(std::string_view name, std::string_view what, std::function<void(Plan&)> change) {
  return fails(name, what, "ear.claim_malformed", std::move(change));
}

void add_statuses(std::vector<Row>& rows) {
  const auto status = [&](std::string_view name, std::string_view what, Json value, std::string code) {
    rows.push_back(fails(name, what, std::move(code), [value = std::move(value)](Plan& p) { appraisal(p)["ear.status"] = value; }));
  };
  status("bad-contraindicated", "the verifier found the evidence bad", "contraindicated", "ear.contraindicated");
  status("bad-warning", "the verifier has reservations", "warning", "ear.warning");
  status("bad-contraindicated-number", "the same as a number", 96, "ear.contraindicated");
  status("bad-status-unknown", "a status that does not exist", "excellent", "ear.claim_malformed");
  status("bad-status-capital", "a status in another spelling", "Affirming", "ear.claim_malformed");
  status("bad-status-other-number", "a number that is no status", 3, "ear.claim_malformed");
  status("bad-status-null", "a status that is null", nullptr, "ear.claim_malformed");
  rows.push_back({"bad-status-none", "the verifier makes no statement", [](Plan& p) {
                    appraisal(p)["ear.status"] = "none";
                    p.undecided("ear.no_statement");
                  }});
  rows.push_back(malformed("bad-status-absent", "no status", [](Plan& p) { appraisal(p).erase("ear.status"); }));
}

void add_vectors(std::vector<Row>& rows) {
  const auto member = [&](std::string_view name, std::string_view what, Json value, std::string code) {
    rows.push_back(fails(name, what, std::move(code), [value = std::move(value)](Plan& p) { appraisal(p)["ear.trustworthiness-vector"]["hardware"] = value; }));
  };
  member("bad-status-above-vector-warning", "affirming over hardware with known flaws", 32, "ear.status_above_vector");
  member("bad-status-above-vector", "affirming over a signature that failed", 99, "ear.status_above_vector");
  member("bad-status-above-negative-vector", "affirming over a vendor's own bad value", -97, "ear.status_above_vector");
  member("bad-vector-out-of-range", "a value of more than a byte", 200, "ear.claim_malformed");
  member("bad-vector-text", "a value that is a text", "2", "ear.claim_malformed");
  rows.push_back(malformed("bad-vector-list", "the vector is a list", [](Plan& p) { appraisal(p)["ear.trustworthiness-vector"] = Json::array({2, 2}); }));
}

void add_submodules(std::vector<Row>& rows) {
  rows.push_back(fails("bad-one-of-two-submodules", "one of two submodules is bad", "ear.contraindicated", [](Plan& p) {
    p.claims["submods"]["gpu0"] = appraisal(p);
    p.claims["submods"]["gpu0"]["ear.status"] = "contraindicated";
  }));
  rows.push_back(malformed("bad-submodules-absent", "no submodules", [](Plan& p) { p.claims.erase("submods"); }));
  rows.push_back(malformed("bad-submodules-empty", "an empty object of submodules", [](Plan& p) { p.claims["submods"] = Json::object(); }));
  rows.push_back(malformed("bad-submodules-list", "a list of submodules", [](Plan& p) { p.claims["submods"] = Json::array({appraisal(p)}); }));
  rows.push_back(malformed("bad-submodule-text", "a submodule that is a text", [](Plan& p) { p.claims["submods"]["gpu0"] = "affirming"; }));
  rows.push_back(malformed("bad-submodules-too-many", "65 submodules", [](Plan& p) {
    for (int i = 0; i < 64; ++i) p.claims["submods"]["gpu" + std::to_string(i)] = appraisal(p);
  }));
}

// Affirming is the whole answer or a lie: what is at best a warning says so itself (S18).
void add_verdicts(std::vector<Row>& rows) {
  const auto verdict = [&](std::string_view name, std::string_view what, const char* member, Json value) {
    rows.push_back(fails(name, what, "ear.inconsistent", [member, value = std::move(value)](Plan& p) { extension(p)[member] = value; }));
  };
  verdict("bad-affirming-authenticity-only_S18", "affirming although only authenticity was asked for", "scope", "authenticity");
  verdict("bad-affirming-loosened_S18", "affirming although the judgement was loosened", "loosened", Json::array({"--accept-tcb"}));
  verdict("bad-affirming-inconclusive", "affirming over an open verdict", "verdict", "inconclusive");
  verdict("bad-affirming-not-fresh", "affirming although freshness was not shown", "freshness", "none");
  verdict("bad-affirming-other-time", "affirming as of another time", "time_source", "caller");
  verdict("bad-affirming-own-roots", "affirming under roots of somebody's own", "trust", "custom");
  verdict("bad-affirming-simulated_S31", "affirming over a simulator", "trust", "simulated");
  rows.push_back(fails("bad-loosened-absent", "it does not say whether it was loosened", "ear.inconsistent", [](Plan& p) { extension(p).erase("loosened"); }));
  rows.push_back(malformed("bad-loosened-text", "loosened is a text", [](Plan& p) { extension(p)["loosened"] = ""; }));
}

void add_head(std::vector<Row>& rows) {
  rows.push_back(fails("bad-profile-unknown", "a profile that is not known", "ear.profile", [](Plan& p) { p.claims["eat_profile"] = "tag:example,2026:other/ear"; }));
  rows.push_back(fails("bad-profile-absent", "no profile", "ear.profile", [](Plan& p) { p.claims.erase("eat_profile"); }));
  rows.push_back(malformed("bad-verifier-absent", "it does not say which verifier made it", [](Plan& p) { p.claims.erase("ear.verifier-id"); }));
  rows.push_back(malformed("bad-verifier-build-absent", "it does not say which build made it", [](Plan& p) { p.claims["ear.verifier-id"].erase("build"); }));
  rows.push_back(malformed("bad-iat-absent", "it does not say when it was made", [](Plan& p) { p.claims.erase("iat"); }));
  rows.push_back(malformed("bad-iat-decimal", "iat is no whole number", [](Plan& p) { p.claims["iat"] = 1790000000.5; }));
}

}  // namespace

std::span<const Row> claim_rows() {
  static const std::vector<Row> rows = [] {
    std::vector<Row> out;
    add_statuses(out);
    add_vectors(out);
    add_submodules(out);
    add_verdicts(out);
    add_head(out);
    return out;
  }();
  return rows;
}

}  // namespace tee::mint::ear
