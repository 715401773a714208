// Tokens that Google signed well and that say something a verifier must not accept.
#include "mint/gcp/plans.h"

namespace tee::mint::gcp {

namespace {

using token::Plan;
using token::Row;

// A member of the claims at a JSON pointer gets another value.
Row with(std::string_view name, std::string_view what, std::string pointer, Json value, std::string code) {
  return {name, what,
          [pointer = std::move(pointer), value = std::move(value), code = std::move(code)](Plan& p) {
            p.claims[Json::json_pointer(pointer)] = value;
            p.fails(code);
          }};
}

// A member of an object inside the claims is left out.
Row without(std::string_view name, std::string_view what, std::string object, std::string member,
            std::string code) {
  return {name, what,
          [object = std::move(object), member = std::move(member), code = std::move(code)](Plan& p) {
            p.claims[Json::json_pointer(object)].erase(member);
            p.fails(code);
          }};
}

const std::string kContainer = "/submods/container", kSpace = "/submods/confidential_space";

void add_debug(std::vector<Row>& rows) {
  rows.push_back({"bad-debug-image_S22", "a debug image: debugging on, no support attributes", [](Plan& p) {
                    p.claims["dbgstat"] = "enabled";
                    p.claims["submods"]["confidential_space"].erase("support_attributes");
                    p.fails("debug.enabled");
                  }});
  rows.push_back({"good-debug-image-allowed", "a debug image, accepted with --allow-debug", [](Plan& p) {
                    p.claims["dbgstat"] = "enabled";
                    p.claims["submods"]["confidential_space"].erase("support_attributes");
                    p.flags.push_back("--allow-debug");
                  }});
  rows.push_back(without("bad-dbgstat-absent", "dbgstat is missing", "", "dbgstat", "gcp.dbgstat"));
  rows.push_back(with("bad-dbgstat-disabled", "dbgstat has another service's word", "/dbgstat", "disabled",
                      "gcp.dbgstat"));
  rows.push_back({"bad-dbgstat-twice", "dbgstat stands twice", [](Plan& p) {
                    p.claims_text = token::with_second_member(p.claims, "dbgstat", "enabled");
                    p.fails("input.malformed");
                  }});
  rows.push_back(
      {"bad-dbgstat-absent-allowed", "--allow-debug does not excuse a missing dbgstat", [](Plan& p) {
         p.claims.erase("dbgstat");
         p.flags.push_back("--allow-debug");
         p.fails("gcp.dbgstat");
       }});
}

void add_platform(std::vector<Row>& rows) {
  rows.push_back(with("bad-swname-gce_S22", "a plain confidential VM", "/swname", "GCE", "gcp.swname"));
  rows.push_back(without("bad-swname-absent", "swname is missing", "", "swname", "gcp.swname"));
  rows.push_back(with("bad-hwmodel-shielded", "a Shielded VM", "/hwmodel", "GCP_SHIELDED_VM", "gcp.hwmodel"));
  rows.push_back(with("bad-hwmodel-federation-name", "the name that policies use", "/hwmodel", "INTEL_TDX",
                      "gcp.hwmodel"));
  rows.push_back(without("bad-hwmodel-absent", "hwmodel is missing", "", "hwmodel", "gcp.hwmodel"));
  rows.push_back(with("bad-secboot-false_S22", "Secure Boot is off", "/secboot", false, "gcp.secboot"));
  rows.push_back(with("bad-secboot-text", "secboot is a text", "/secboot", "true", "gcp.claim_malformed"));
  rows.push_back(without("bad-secboot-absent", "secboot is missing", "", "secboot", "gcp.secboot"));
  rows.push_back(with("bad-oemid-other", "another manufacturer", "/oemid", 311, "gcp.oemid"));
  rows.push_back(without("bad-support-absent_S22", "no support attributes", kSpace, "support_attributes",
                         "gcp.support"));
  rows.push_back(with("bad-support-experimental", "an experimental image", kSpace + "/support_attributes",
                      Json::array({"EXPERIMENTAL"}), "gcp.support"));
  rows.push_back(with("bad-support-usable-only", "an image that lost STABLE", kSpace + "/support_attributes",
                      Json::array({"USABLE"}), "gcp.support"));
  rows.push_back(with("bad-support-text", "a text where the list belongs", kSpace + "/support_attributes",
                      "STABLE", "gcp.claim_malformed"));
  rows.push_back({"good-support-pinned", "an older image whose exact list is pinned", [](Plan& p) {
                    p.claims["submods"]["confidential_space"]["support_attributes"] = Json::array({"USABLE"});
                    p.flags.insert(p.flags.end(), {"--expect", "support_attributes=[\"USABLE\"]"});
                  }});
  for (const char* model : {"GCP_AMD_SEV", "GCP_AMD_SEV_ES"})
    rows.push_back({model == std::string_view("GCP_AMD_SEV") ? "good-sev" : "good-sev-es", "plain AMD SEV",
                    [model](Plan& p) {
                      p.claims["hwmodel"] = model;
                      p.claims.erase("tdx");
                      p.claims.erase("attester_tcb");
                    }});
}

void add_tcb(std::vector<Row>& rows) {
  rows.push_back({"good-tdx-list", "tdx as the list that is documented",
                  [](Plan& p) { p.claims["tdx"] = Json::array({p.claims["tdx"]}); }});
  rows.push_back({"good-tdx-absent", "no word about the TCB", [](Plan& p) { p.claims.erase("tdx"); }});
  rows.push_back(with("bad-tdx-text", "tdx is a text", "/tdx", "UpToDate", "gcp.claim_malformed"));
  rows.push_back(with("bad-tcb-out-of-date", "the platform is out of date", "/tdx/gcp_attester_tcb_status",
                      "OutOfDate", "tcb.out_of_date"));
  rows.push_back({"good-tcb-accepted", "out of date, accepted by name", [](Plan& p) {
                    p.claims["tdx"]["gcp_attester_tcb_status"] = "OutOfDate";
                    p.flags.insert(p.flags.end(), {"--accept-tcb", "OutOfDate"});
                  }});
  rows.push_back({"bad-tcb-revoked", "a revoked platform", [](Plan& p) {
                    p.claims["tdx"]["gcp_attester_tcb_status"] = "Revoked";
                    p.fails("tcb.revoked");
                  }});
  rows.push_back({"bad-tcb-unknown-word", "a status that nobody knows", [](Plan& p) {
                    p.claims["tdx"]["gcp_attester_tcb_status"] = "Fine";
                    p.undecided("tcb.unknown");
                  }});
  rows.push_back({"bad-tcb-date", "older than --min-tcb-date", [](Plan& p) {
                    p.flags.insert(p.flags.end(), {"--min-tcb-date", "2026-06-01"});
                    p.fails("tcb.date");
                  }});
  rows.push_back({"bad-tcb-evaluation", "below --min-tcb-evaluation", [](Plan& p) {
                    p.flags.insert(p.flags.end(), {"--min-tcb-evaluation", "20"});
                    p.fails("tcb.evaluation");
                  }});
}

void add_gpu(std::vector<Row>& rows) {
  const auto gpu = [](const char* mode) { return Json{{"cc_mode", mode}}; };
  rows.push_back({"good-gpu-on", "a GPU in confidential mode",
                  [gpu](Plan& p) { p.claims["submods"]["nvidia_gpu"] = gpu("ON"); }});
  rows.push_back(with("bad-gpu-off", "a GPU without confidential mode", "/submods/nvidia_gpu", gpu("OFF"),
                      "gcp.gpu_cc_mode"));
  rows.push_back(with("bad-gpu-devtools", "a GPU in development mode", "/submods/nvidia_gpu", gpu("DEVTOOLS"),
                      "gcp.gpu_cc_mode"));
  rows.push_back(with("bad-gpu-mode-absent", "a GPU of unknown mode", "/submods/nvidia_gpu", Json::object(),
                      "gcp.gpu_cc_mode"));
}

void add_image(std::vector<Row>& rows) {
  std::string upper(kDigest);
  for (char& c : upper) c = c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
  rows.push_back(
      without("bad-digest-absent", "the image has no digest", kContainer, "image_digest", "gcp.image"));
  rows.push_back(with("bad-digest-upper-case", "the digest is in upper case", kContainer + "/image_digest",
                      "sha256:" + upper, "gcp.image"));
  rows.push_back(with("bad-digest-sha512", "another digest algorithm", kContainer + "/image_digest",
                      "sha512:" + std::string(128, 'a'), "gcp.image"));
  rows.push_back(with("bad-digest-bare", "the digest without its algorithm", kContainer + "/image_digest",
                      std::string(kDigest), "gcp.image"));
  rows.push_back(
      without("bad-container-absent", "no container at all", "/submods", "container", "gcp.image"));
  rows.push_back(with("bad-env-override_S22", "a variable was overridden", kContainer + "/env_override",
                      Json{{"LD_PRELOAD", "/tmp/x.so"}}, "gcp.overrides"));
  rows.push_back(with("bad-cmd-override_S22", "the command was overridden", kContainer + "/cmd_override",
                      Json::array({"/bin/sh"}), "gcp.overrides"));
  rows.push_back({"good-env-override-listed", "an override that is expected", [](Plan& p) {
                    p.claims["submods"]["container"]["env_override"] = {{"MODE", "eu"}};
                    p.flags.insert(p.flags.end(), {"--expect", "env_override={\"MODE\":\"eu\"}"});
                  }});
  rows.push_back({"bad-env-override-other", "another override than the expected one", [](Plan& p) {
                    p.claims["submods"]["container"]["env_override"] = {{"MODE", "us"}};
                    p.flags.insert(p.flags.end(), {"--expect", "env_override={\"MODE\":\"eu\"}"});
                    p.fails("workload.mismatch");
                  }});
  rows.push_back({"good-overrides-empty", "empty overrides", [](Plan& p) {
                    p.claims["submods"]["container"]["env_override"] = Json::object();
                    p.claims["submods"]["container"]["cmd_override"] = Json::array();
                  }});
}

void add_audience(std::vector<Row>& rows) {
  rows.push_back(with("bad-aud-other", "the token is for somebody else", "/aud", "https://other.example",
                      "workload.mismatch"));
  rows.push_back(with("bad-aud-trailing-slash", "the audience ends in a slash", "/aud",
                      std::string(kAudience) + "/", "workload.mismatch"));
  rows.push_back(with("bad-aud-several", "ours is one of two audiences", "/aud",
                      Json::array({kAudience, "https://other.example"}), "gcp.audience"));
  rows.push_back(with("bad-aud-number", "the audience is a number", "/aud", 1, "gcp.claim_malformed"));
  rows.push_back(without("bad-aud-absent", "there is no audience", "", "aud", "gcp.audience"));
  rows.push_back({"good-aud-list-of-one", "the audience as a list of one",
                  [](Plan& p) { p.claims["aud"] = Json::array({kAudience}); }});
  for (const auto& [name, audience] :
       {std::pair<std::string_view, const char*>{"bad-aud-sts_S22", "https://sts.googleapis.com"},
        {"bad-aud-federation_S22",
         "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p"},
        {"bad-aud-aws_S22", "https://sts.eu-west-1.amazonaws.com"}})
    rows.push_back({name, "a credential for a token service, replayed to us", [audience = audience](Plan& p) {
                      p.claims["aud"] = audience;
                      p.flags.back() = std::string("aud=") + audience;
                      p.fails("freshness.nonce_mismatch");
                    }});
  rows.push_back({"bad-aws-tags_S22", "a token with tags for Amazon", [](Plan& p) {
                    p.claims["https://aws.amazon.com/tags"] = {
                        {"principal_tags", {{"gce.zone", Json::array({"us-west1-b"})}}}};
                    p.fails("freshness.nonce_mismatch");
                  }});
}

void add_issuer(std::vector<Row>& rows) {
  const std::string issuer(kIssuer);
  rows.push_back(
      with("bad-iss-other", "another issuer", "/iss", "https://accounts.google.com", "token.issuer"));
  rows.push_back(with("bad-iss-suffix", "the issuer is a prefix of another host", "/iss",
                      issuer + ".evil.example", "token.issuer"));
  rows.push_back(with("bad-iss-inside", "the issuer stands inside a path", "/iss",
                      "https://evil.example/" + issuer, "token.issuer"));
  rows.push_back(
      with("bad-iss-trailing-slash", "a slash behind the issuer", "/iss", issuer + "/", "token.issuer"));
  rows.push_back(without("bad-iss-absent", "there is no issuer", "", "iss", "token.issuer"));
  rows.push_back(with("bad-iss-list", "the issuer is a list", "/iss", Json::array({issuer}), "token.issuer"));
  rows.push_back(with("bad-lifetime", "valid for a day", "/exp", token::kIssued + 86'400, "token.lifetime"));
}

}  // namespace

std::span<const Row> claim_rows() {
  static const std::vector<Row> rows = [] {
    std::vector<Row> out;
    add_debug(out);
    add_platform(out);
    add_tcb(out);
    add_gpu(out);
    add_image(out);
    add_audience(out);
    add_issuer(out);
    return out;
  }();
  return rows;
}

}  // namespace tee::mint::gcp
