// Every rule for Confidential Space tokens: Google, "Confidential Space attestation token claims" and the
// rules S22.
#include "providers/gcp/verify.h"

#include <algorithm>

#include "base/encoding.h"
#include "evidence/codes.h"
#include "providers/gcp/anchors.h"
#include "providers/gcp/claims.h"
#include "providers/gcp/codes.h"
#include "providers/gcp/evidence.h"
#include "providers/shared/token/engine.h"
#include "providers/shared/token/tcb.h"

namespace tee::gcp {

namespace {

constexpr std::uint64_t kGoogleEnterprise = 11129;  // IANA private enterprise number
constexpr std::string_view kAlgorithms[] = {"RS256"};

bool issuer_listed(std::string_view issuer) { return issuer == kIssuer; }

// The leaf has neither key usage nor extended key usage; the intermediate has the TCG EK usage, not critical.
// Two or three certificates: the root may be left out.
token::TokenRules token_rules() {
  token::TokenRules rules;
  rules.provider = Provider::gcp_confidential;
  rules.prefix = "gcp.token.";
  rules.algorithms = kAlgorithms;
  rules.issuer_listed = issuer_listed;
  rules.issuers_shown = kIssuer;
  rules.pinned = token_anchors;
  rules.chain.fewest = 2;
  rules.chain.most = 3;
  rules.longest_life = Seconds(3600);
  return rules;
}

std::string shown(const std::optional<std::string>& text) { return text ? printable(*text, 80) : "(absent)"; }

bool has(const Texts& list, std::string_view what) {
  return std::find(list.begin(), list.end(), what) != list.end();
}

void check_types(const ConfidentialToken& t, Findings& out) {
  if (t.problems.empty()) out.pass(Area::form, "gcp.claims", "every claim has its documented type");
  for (const std::string& problem : t.problems)
    out.fail(Area::form, "gcp.claims", code::claim_malformed, problem);
}

// Token services to which the holder hands such tokens as credentials.
bool for_exchange(const ConfidentialToken& t) {
  if (t.has_aws_tags) return true;
  return std::any_of(t.audiences.begin(), t.audiences.end(), [](std::string_view aud) {
    if (aud.starts_with("https:")) aud.remove_prefix(6);
    if (aud.starts_with("//")) aud.remove_prefix(2);
    const std::string_view host = aud.substr(0, aud.find('/'));
    return host == "sts.googleapis.com" || host == "sts.google.com" || host == "iam.googleapis.com" ||
           (host.starts_with("sts.") && host.ends_with("amazonaws.com"));
  });
}

void check_audience(const ConfidentialToken& t, Findings& out) {
  const std::string id = "gcp.audience";
  if (t.audiences.size() == 1)
    out.pass(Area::form, id, "the token has one audience");
  else
    out.fail(Area::form, id, code::audience, "the token does not have exactly one audience", "1",
             std::to_string(t.audiences.size()));
  if (for_exchange(t))
    out.warn(code::audience_exchange,
             "the token is meant for a token exchange, so its nonces answer no challenge");
  else
    out.binding.nonce_texts = t.nonces;
}

void check_software(const ConfidentialToken& t, Findings& out) {
  if (t.swname == "CONFIDENTIAL_SPACE")
    out.pass(Area::platform, "gcp.swname", "the machine runs Confidential Space");
  else
    out.fail(Area::platform, "gcp.swname", code::swname, "the machine does not run Confidential Space",
             "CONFIDENTIAL_SPACE", shown(t.swname));
  if (t.secboot == true)
    out.pass(Area::platform, "gcp.secboot", "Secure Boot is on");
  else
    out.fail(Area::platform, "gcp.secboot", code::secboot, "Secure Boot is not on", "true",
             t.secboot ? "false" : "(absent)");
}

void check_debug(const ConfidentialToken& t, const AppraisalOptions& options, Findings& out) {
  const std::string id = "gcp.debug";
  if (t.dbgstat == "disabled-since-boot") {
    out.pass(Area::platform, id, "debugging has been disabled since boot");
  } else if (t.dbgstat != "enabled") {
    out.fail(Area::platform, id, code::dbgstat, "the debug status is unknown", "disabled-since-boot",
             shown(t.dbgstat));
  } else if (options.allow_debug) {
    out.passed_by("--allow-debug", Area::platform, id, "the image is a debug image");
  } else {
    out.fail(Area::platform, id, tee::code::debug_enabled, "the image is a debug image",
             "disabled-since-boot", "enabled");
  }
}

// STABLE, unless the operator pins the image's exact list; debug images have none.
void check_support(const ConfidentialToken& t, const AppraisalOptions& options, Findings& out) {
  const std::string id = "gcp.support";
  const Texts attributes = t.support_attributes.value_or(Texts());
  const bool pinned =
      options.expectation("support_attributes") && (has(attributes, "LATEST") || has(attributes, "USABLE"));
  if (has(attributes, "STABLE") || pinned) {
    out.pass(Area::platform, id, "the Confidential Space image is a supported one");
  } else if (!t.support_attributes && t.dbgstat == "enabled" && options.allow_debug) {
    out.passed_by("--allow-debug", Area::platform, id, "debug images are not supported ones");
  } else {
    const std::string found = t.support_attributes ? printable(json::dump(Json(attributes)), 80) : "(absent)";
    out.fail(Area::platform, id, code::support, "the Confidential Space image is not a supported one",
             "STABLE", found);
  }
}

void check_hardware(const ConfidentialToken& t, Findings& out) {
  if (t.oemid == kGoogleEnterprise)
    out.pass(Area::platform, "gcp.oemid", "the machine is Google's");
  else
    out.fail(Area::platform, "gcp.oemid", code::oemid, "the machine is not Google's",
             std::to_string(kGoogleEnterprise), t.oemid ? std::to_string(*t.oemid) : "(absent)");

  static constexpr std::string_view kModels[] = {"GCP_AMD_SEV", "GCP_AMD_SEV_ES", "GCP_INTEL_TDX"};
  const bool known =
      t.hwmodel && std::find(std::begin(kModels), std::end(kModels), *t.hwmodel) != std::end(kModels);
  if (known)
    out.pass(Area::platform, "gcp.hwmodel", "the machine is a confidential one: " + *t.hwmodel);
  else
    out.fail(Area::platform, "gcp.hwmodel", code::hwmodel, "the machine is not a confidential one",
             "GCP_AMD_SEV, GCP_AMD_SEV_ES or GCP_INTEL_TDX", shown(t.hwmodel));
  if (known && t.hwmodel != "GCP_INTEL_TDX")
    out.warn(code::plain_sev,
             *t.hwmodel + " has no hardware report, and its memory integrity is not protected");
}

void check_tcb(const ConfidentialToken& t, const AppraisalOptions& options, Findings& out) {
  token::TcbWord word;
  if (t.tdx) word = {t.tdx->tcb_status, t.tdx->tcb_date, t.tdx->evaluation};
  token::judge_tcb(word, options, "gcp.", out);
}

void check_gpu(const ConfidentialToken& t, const AppraisalOptions& options, Findings& out) {
  const std::string id = "gcp.gpu.cc_mode";
  if (!t.has_gpu) return;
  if (t.gpu_cc_mode == "ON")
    out.pass(Area::platform, id, "the attached GPU runs in confidential mode");
  else if (t.gpu_cc_mode == "DEVTOOLS" && options.allow_debug)
    out.passed_by("--allow-debug", Area::platform, id, "the attached GPU is in its development mode");
  else
    out.fail(Area::platform, id, code::gpu_cc_mode, "the attached GPU does not run in confidential mode",
             "ON", shown(t.gpu_cc_mode));
}

void check_image(const ConfidentialToken& t, Findings& out) {
  const std::optional<std::string> digest = t.container ? t.container->image_digest : std::nullopt;
  if (digest && digest_of(*digest))
    out.pass(Area::form, "gcp.image", "the container image is named by its digest");
  else
    out.fail(Area::form, "gcp.image", code::image, "the container image is not named by its digest",
             "sha256: and 64 lower-case hex digits", shown(digest));
}

// An expected image means the image as it was built, unless the operator lists what was changed (S22).
void check_overrides(const ConfidentialToken& t, const AppraisalOptions& options, Findings& out) {
  if (!t.container) return;
  const bool expected = std::any_of(options.expectations.begin(), options.expectations.end(),
                                    [](const Expectation& e) { return names_image(e.name); });
  const Json& env = t.container->env_override;
  const bool has_env = !env.is_null() && !env.empty(),
             has_cmd = t.container->cmd_override && !t.container->cmd_override->empty();
  const bool open_env = has_env && !options.expectation("env_override");
  const bool open_cmd = has_cmd && !options.expectation("cmd_override");
  const std::string what = std::string(has_env ? "environment" : "") + (has_env && has_cmd ? " and " : "") +
                           (has_cmd ? "command" : "");
  if (expected && (open_env || open_cmd))
    out.fail(Area::workload, "gcp.overrides", code::overrides,
             "the operator of the workload overrode its " + what, "no overrides",
             printable(json::dump(open_env ? env : Json(*t.container->cmd_override)), 160));
  else if (expected)
    out.pass(Area::workload, "gcp.overrides",
             has_env || has_cmd ? "the overrides are listed ones" : "nothing was overridden");
  else if (has_env || has_cmd)
    out.warn(code::overrides_note, "the operator of the workload overrode its " + what);
}

}  // namespace

bool names_image(std::string_view claim) {
  static constexpr std::string_view kNames[] = {"measurement", "image_digest", "image_signer", "image_id",
                                                "image_reference"};
  return std::find(std::begin(kNames), std::end(kNames), claim) != std::end(kNames);
}

void verify_token(const VerifyInput& input, Findings& out) {
  const std::optional<token::Token> token = token::judge_token(input, token_rules(), out);
  if (!token) return;
  const ConfidentialToken t = parse_claims(token->claims);
  out.vendor = {{"header", token->header}, {"token", token->claims}};
  out.vendor["header"].erase("x5c");  // stands decoded in the chain
  state_claims(t, token->issuer, input.options, out);

  check_types(t, out);
  check_audience(t, out);
  check_software(t, out);
  check_debug(t, input.options, out);
  check_support(t, input.options, out);
  check_hardware(t, out);
  check_tcb(t, input.options, out);
  check_gpu(t, input.options, out);
  check_image(t, out);
  check_overrides(t, input.options, out);
}

}  // namespace tee::gcp
