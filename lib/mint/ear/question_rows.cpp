// For whom, as an answer to what, and to which questions: whole results that are not this relying party's (S18).
#include "base/encoding.h"
#include "mint/ear/plans.h"

namespace tee::mint::ear {

namespace {

using token::Plan;
using token::Row;
using Flags = std::vector<std::string>;

Row fails(std::string_view name, std::string_view what, std::string code, std::function<void(Plan&)> change) {
  return {name, what, [code = std::move(code), change = std::move(change)](Plan& p) {
            change(p);
            p.fails(code);
          }};
}
Row open(std::string_view name, std::string_view what, std::string code, Flags flags) {
  return {name, what, [code = std::move(code), flags = std::move(flags)](Plan& p) {
            p.flags = flags;
            p.undecided(code);
          }};
}
Row asked(std::string_view name, std::string_view what, std::string code, Flags more) {
  return fails(name, what, std::move(code), [more = std::move(more)](Plan& p) { p.flags.insert(p.flags.end(), more.begin(), more.end()); });
}

void add_audiences(std::vector<Row>& rows) {
  const auto audience = [&](std::string_view name, std::string_view what, Json value) {
    rows.push_back(fails(name, what, "ear.audience", [value = std::move(value)](Plan& p) { p.claims["aud"] = value; }));
  };
  audience("bad-audience-other", "made for another relying party", "other.example");
  audience("bad-audience-slash", "the audience with a slash behind it", std::string(kAudience) + "/");
  audience("bad-audience-prefix", "only the beginning of the audience", "ci");
  audience("bad-audience-two", "made for two relying parties", Json::array({kAudience, "other.example"}));
  rows.push_back(fails("bad-audience-absent", "made for nobody in particular", "ear.audience", [](Plan& p) { p.claims.erase("aud"); }));
  rows.push_back(open("bad-audience-unasked_S18", "nobody said for whom it must have been made", "ear.audience_unasked",
                      {"--nonce", usual_nonce(), "--ear-policy", policy()}));
}

void add_nonces(std::vector<Row>& rows) {
  const auto nonce = [&](std::string_view name, std::string_view what, Json value, std::string code) {
    rows.push_back(fails(name, what, std::move(code), [value = std::move(value)](Plan& p) { p.claims["eat_nonce"] = value; }));
  };
  nonce("bad-nonce-other", "another nonce", base64(Bytes(32, 1), Base64::url), "freshness.nonce_mismatch");
  nonce("bad-nonce-prefix", "only the beginning of the nonce", base64(ByteView(*from_hex(usual_nonce())).first(16), Base64::url),
        "freshness.nonce_mismatch");
  nonce("bad-nonce-7-characters", "a nonce shorter than the draft allows", "1234567", "ear.claim_malformed");
  nonce("bad-nonce-89-characters", "a nonce longer than the draft allows", std::string(89, 'a'), "ear.claim_malformed");
  nonce("bad-nonce-number", "a nonce that is a number", 12345678, "ear.claim_malformed");
  rows.push_back(fails("bad-nonce-absent", "no nonce was answered", "freshness.nonce_mismatch", [](Plan& p) { p.claims.erase("eat_nonce"); }));
  rows.push_back(open("bad-nonce-unasked_S18", "a signed time is not enough", "freshness.unasked",
                      {"--max-age", "5m", "--audience", std::string(kAudience), "--ear-policy", policy()}));
  rows.push_back(asked("bad-max-age", "older than allowed", "freshness.too_old", {"--max-age", "30s"}));
}

void add_policies(std::vector<Row>& rows) {
  const auto hash = [&](std::string_view name, std::string_view what, Json value, std::string code) {
    rows.push_back(fails(name, what, std::move(code), [value = std::move(value)](Plan& p) { extension(p)["policy_sha256"] = value; }));
  };
  hash("bad-policy-other", "the answer to other questions", std::string(64, 'a'), "ear.policy");
  hash("bad-policy-null", "it does not say which questions", nullptr, "ear.policy");
  hash("bad-policy-short", "a hash of 31 bytes", policy().substr(2), "ear.claim_malformed");
  rows.push_back(fails("bad-policy-foreign", "another verifier's result, which has no such hash", "ear.policy",
                       [](Plan& p) { appraisal(p).erase("ear.tee-tools"); }));
  rows.push_back(fails("bad-policy-of-second-submodule", "only one of two submodules answers the accepted questions", "ear.policy", [](Plan& p) {
    p.claims["submods"]["gpu0"] = appraisal(p);
    p.claims["submods"]["gpu0"]["ear.tee-tools"]["policy_sha256"] = std::string(64, 'a');
  }));
  rows.push_back(open("bad-policy-unpinned_S18", "nobody said which questions it must answer", "ear.policy_unpinned",
                      {"--nonce", usual_nonce(), "--audience", std::string(kAudience)}));
}

void add_hardware(std::vector<Row>& rows) {
  rows.push_back(asked("bad-measurement-expected_S18", "it is no hardware evidence and has no measurement", "claim.absent",
                       {"--expect", "measurement=" + std::string(96, '7')}));
  rows.push_back(asked("bad-public-key_S3", "it binds no key of the peer", "binding.key_mismatch", {"--public-key", "x25519:" + std::string(64, '1')}));
  rows.push_back(asked("bad-report-data_S18", "it has no report data", "binding.unsupported", {"--report-data", usual_nonce()}));
  rows.push_back(asked("bad-evidence-other", "the verdict about other evidence", "workload.mismatch", {"--expect", "evidence_sha256=" + std::string(64, 'f')}));
  rows.push_back({"bad-peer-unbound_S3", "a bound peer is demanded", [](Plan& p) {
                    p.flags.emplace_back("--require-peer-binding");
                    p.undecided("peer.unbound");
                  }});
}

}  // namespace

std::span<const Row> question_rows() {
  static const std::vector<Row> rows = [] {
    std::vector<Row> out;
    add_audiences(out);
    add_nonces(out);
    add_policies(out);
    add_hardware(out);
    for (const Row& row : token::time_rows())
      if (row.name != "bad-exp-absent") out.push_back(row);  // the draft does not demand it
    return out;
  }();
  return rows;
}

}  // namespace tee::mint::ear
